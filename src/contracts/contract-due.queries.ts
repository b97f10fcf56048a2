import { sql } from 'kysely';
import type { Database } from '../platform/database.ts';

/** An advance that comes due while nobody works is looked for this long. */
const LOOK_BACK_DAYS = 30;

/**
 * Contracts that a date has something to say about: accepted ones that take effect, ones under notice that end, and
 * ones whose version with an advance has come into effect of late.
 */
export async function findDueContractIds(database: Database, at: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from contracts where state = 'NOTICE_GIVEN' and ends_at <= ${at}
    union
    select contract.id from contracts contract
      join contract_versions version on version.contract_id = contract.id and version.recorded_at is not null
    where contract.state = 'ACCEPTED' and version.effective_from <= ${at}
    union
    select version.contract_id from contract_versions version
      join contract_terms term on term.version_id = version.id and term.kind = 'ADVANCE'
    where version.recorded_at is not null and version.effective_from <= ${at}
      and version.effective_from > ${at}::timestamptz - make_interval(days => ${LOOK_BACK_DAYS})
    order by 1`.execute(database.read());
  return rows.map(({ id }) => id);
}
