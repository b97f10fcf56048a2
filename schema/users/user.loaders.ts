import { findUsersByIds } from '../../src/users/index.ts';
import { type LoaderScope, loaderById } from '../shared/loader.ts';

export function createUserLoaders({ platform }: LoaderScope) {
  return { users: loaderById((ids) => findUsersByIds(platform.database, ids)) };
}
