import type { InferKyselyDB } from '@mikro-orm/postgresql';
import type { Database } from '../platform/database.ts';
import type { DomainSchema } from './domain.entity.ts';

type Tables = InferKyselyDB<typeof DomainSchema>;

export interface DomainRow {
  readonly code: string;
  readonly name: string;
  readonly nameZh: string;
}

/** All domains by code: some dozens, so without pages. */
export function findDomains(database: Database): Promise<DomainRow[]> {
  return selectDomains(database).orderBy('code').execute();
}

export function findDomainsByCodes(database: Database, codes: readonly string[]): Promise<DomainRow[]> {
  return selectDomains(database).where('code', 'in', codes).execute();
}

function selectDomains(database: Database) {
  return database.read<Tables>().selectFrom('domains').select(['code', 'name', 'name_zh as nameZh']);
}
