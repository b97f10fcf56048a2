import { mayReadPerson } from '../../src/shared/actor.ts';
import { findUsersByIds } from '../../src/users/index.ts';
import { type LoaderScope, loaderById } from '../shared/loader.ts';

export function createUserLoaders({ platform, actor }: LoaderScope) {
  return {
    users: loaderById(async (ids) => {
      const rows = await findUsersByIds(platform.database, ids);
      return rows.map((row) => (mayReadPerson(actor, row.id) ? row : { ...row, email: null }));
    }),
  };
}
