import { sql } from 'kysely';
import { type EntityManager, rowsOf } from '../../platform/database.ts';
import type { StagedRun } from './stage-lines.ts';

/** An exception that this run answers. */
export interface AnsweredException {
  readonly id: string;
  readonly class: string;
}

/** Exceptions of earlier runs about movements and lines that have found each other now, by id. */
export async function findAnswered(em: EntityManager, { runId }: StagedRun): Promise<AnsweredException[]> {
  const { rows } = await sql<AnsweredException>`
    select known.id, known.class from reconciliation_exceptions known
    join ours on ours.kind = known.movement_kind and ours.id = known.movement_id
    where known.class = 'MISSING_IN_FILE' and known.state <> 'SETTLED' and known.run_id <> ${runId}
      and ours.our in (select our from pairs)
    union all
    select known.id, known.class from reconciliation_exceptions known
    join lines on lines.run_id = known.run_id and lines.line_number = known.line_number
    where known.class = 'MISSING_IN_LEDGER' and known.state <> 'SETTLED' and not lines.is_new
      and lines.line in (select line from pairs)
    order by 1`.execute(rowsOf(em));
  return rows;
}
