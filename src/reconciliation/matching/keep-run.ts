import { sql } from 'kysely';
import { type EntityManager, rowsOf } from '../../platform/database.ts';
import type { StagedRun } from './stage-lines.ts';

const COLUMNS = sql.raw(
  [
    'run_id, line_number, provider, kind, provider_type, identity, provider_reference, merchant_reference',
    'original_reference, original_merchant_reference, other_references, currency, gross_minor, fee_minor, net_minor',
    'settlement_currency, occurred_at, batch, rest',
  ].join(', '),
);

/** Writes the lines with what became of them, and the matches of this run. */
export async function keepRun(em: EntityManager, { runId }: StagedRun, matchedAt: Date): Promise<void> {
  const db = rowsOf(em);
  await sql`
    create temporary table outcomes on commit drop as
    select run_id, line_number, is_new,
           case when paired.line is not null then 'MATCHED'
                when told_again.line is not null then 'REPEATED' else 'UNMATCHED' end as state,
           paired.match_id
    from lines
    left join (select line, min(match_id::text)::uuid as match_id from pairs group by line) paired using (line)
    left join told_again using (line)`.execute(db);
  await sql`analyze outcomes`.execute(db);
  await sql`
    insert into settlement_lines (${COLUMNS}, state, match_id)
    select ${COLUMNS}, coalesce(outcomes.state, incoming.state), outcomes.match_id
    from incoming left join (select line_number, state, match_id from outcomes where is_new) outcomes using (line_number)
  `.execute(db);
  await sql`
    update settlement_lines line set state = outcomes.state, match_id = outcomes.match_id
    from outcomes
    where not is_new and outcomes.state = 'MATCHED'
      and line.run_id = outcomes.run_id and line.line_number = outcomes.line_number`.execute(db);
  await sql`
    insert into movement_matches (kind, movement_id, match_id, run_id, rule, matched_at)
    select distinct on (our) kind, id, pairs.match_id, ${runId}, rule, ${matchedAt}::timestamptz
    from pairs join ours using (our) order by our, pairs.match_id`.execute(db);
}
