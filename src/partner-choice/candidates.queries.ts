import { type Kysely, sql } from 'kysely';

export interface CandidateRow {
  readonly id: string;
  readonly isActive: boolean;
}

/** By name: the ones named, whatever their state, or all that are ACTIVE. One statement. */
export async function findCandidates<Tables>(
  rows: Kysely<Tables>,
  partnerIds: readonly string[] | null,
): Promise<CandidateRow[]> {
  const which = partnerIds === null ? sql`state = 'ACTIVE'` : sql`id = any(${partnerIds}::uuid[])`;
  const found = await sql<CandidateRow>`
    select id, state = 'ACTIVE' as "isActive" from partners where ${which} order by name, id`.execute(rows);
  return found.rows;
}
