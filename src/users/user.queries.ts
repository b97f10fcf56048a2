import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { type Database, type EntityManager, rowsOf } from '../platform/database.ts';
import type { Profile } from './profile.ts';
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

/** What a person told of themselves; null when there is no such person. */
export async function findProfile(database: Database, userId: string): Promise<Profile | null> {
  const row = await database
    .read<UserTables>()
    .selectFrom('users')
    .select(['display_name as displayName', 'locale', 'country', 'birth_year as birthYear'])
    .select(['occupation', 'interests', 'goals'])
    .where('id', '=', userId)
    .executeTakeFirst();
  return row ?? null;
}

/**
 * Locks a person until the end of the transaction, so that what is decided by what they have, and written for them, is
 * decided by one transaction after the other.
 */
export async function lockUser(em: EntityManager, userId: string): Promise<{ birthYear: number | null }> {
  return rowsOf<UserTables>(em)
    .selectFrom('users')
    .select('birth_year as birthYear')
    .where('id', '=', userId)
    .forNoKeyUpdate()
    .executeTakeFirstOrThrow();
}
