import type { Database } from '../../src/platform/database.ts';
import { findUsersByIds } from '../../src/users/index.ts';
import { loaderById } from '../shared/loader.ts';

export function createUserLoaders(database: Database) {
  return { users: loaderById((ids) => findUsersByIds(database, ids)) };
}
