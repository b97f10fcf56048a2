import type { InferKyselyDB } from '@mikro-orm/postgresql';
import type { Database } from '../platform/database.ts';
import type { UserSchema } from './user.entity.ts';

export type UserTables = InferKyselyDB<typeof UserSchema>;

export interface UserRow {
  readonly id: string;
  readonly email: string | null;
  readonly displayName: string;
  readonly roles: readonly string[];
  readonly locale: string;
  readonly createdAt: Date;
}

export async function findUsersByIds(database: Database, ids: readonly string[]): Promise<UserRow[]> {
  return database
    .read<UserTables>()
    .selectFrom('users')
    .select(['id', 'email', 'display_name as displayName', 'roles', 'locale', 'created_at as createdAt'])
    .where('id', 'in', ids)
    .execute();
}
