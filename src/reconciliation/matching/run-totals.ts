import { type RawBuilder, sql } from 'kysely';
import { type EntityManager, rowsOf } from '../../platform/database.ts';
import { invariant } from '../../shared/invariant.ts';
import type { FileSummary } from '../reading/settlement-line.ts';
import { isOfFile, type RunPeriod, type Span } from '../run-period.ts';
import type { ReportRow, ReportSum } from '../run-report.ts';
import { movementsOf } from './movements.ts';
import type { StagedRun } from './stage-lines.ts';

interface Sum {
  readonly currency: string;
  readonly kind: string;
  readonly state: string;
  readonly count: bigint;
  readonly grossMinor: bigint;
}

const FILE_STATES = ['MATCHED', 'UNMATCHED', 'REPEATED', 'OTHER'] as const;

/**
 * What a run came to by currency and kind.
 *
 * @throws InvariantError when the lines that were kept are not those that were read
 */
export async function reportRows(
  em: EntityManager,
  run: StagedRun,
  { period, span, summary }: { period: RunPeriod | null; span: Span | null; summary: FileSummary },
): Promise<ReportRow[]> {
  const lines = await sumLines(em, run);
  assertAllKept(lines, summary, await sumRepeated(em));
  const ours = await sumMovements(em, run, isOfFile(sql`movement.at`, period, span));
  const keys = [...new Set([...lines, ...ours].map(({ currency, kind }) => `${currency} ${kind}`))].toSorted();
  return keys.map((key) => {
    const of = (sums: readonly Sum[], states: readonly string[]) =>
      total(sums.filter((sum) => `${sum.currency} ${sum.kind}` === key && states.includes(sum.state)));
    const [currency = '', kind = ''] = key.split(' ');
    return {
      currency,
      kind,
      lines: of(lines, FILE_STATES),
      matched: of(lines, ['MATCHED']),
      unmatched: of(lines, ['UNMATCHED']),
      repeated: of(lines, ['REPEATED']),
      other: of(lines, ['OTHER']),
      movements: of(ours, ['FOUND', 'MISSING']),
      movementsMatched: of(ours, ['FOUND']),
      movementsMissing: of(ours, ['MISSING']),
    };
  });
}

function total(sums: readonly Sum[]): ReportSum {
  return {
    count: sums.reduce((sum, { count }) => sum + Number(count), 0),
    grossMinor: sums.reduce((sum, { grossMinor }) => sum + grossMinor, 0n).toString(),
  };
}

async function sumLines(em: EntityManager, { runId }: StagedRun): Promise<Sum[]> {
  const { rows } = await sql<Sum>`
    select currency, kind, state, count(*) as count, sum(gross_minor)::bigint as "grossMinor"
    from settlement_lines where run_id = ${runId} group by 1, 2, 3`.execute(rowsOf(em));
  return rows;
}

/** Lines that stand in the file twice are kept, and are in none of the reader's totals. */
async function sumRepeated(em: EntityManager): Promise<bigint> {
  const { rows } = await sql<{ grossMinor: bigint }>`
    select coalesce(sum(gross_minor), 0)::bigint as "grossMinor"
    from incoming where duplicate_of is not null`.execute(rowsOf(em));
  return rows[0]?.grossMinor ?? 0n;
}

/** The reader added up as it read, the database what it kept: both must be the same. */
function assertAllKept(lines: readonly Sum[], { totals, lines: count }: FileSummary, repeatedMinor: bigint): void {
  const read = totals.kinds.reduce((sum, { grossMinor }) => sum + grossMinor, 0n);
  const kept = lines.reduce((sum, { grossMinor }) => sum + grossMinor, -repeatedMinor);
  const keptCount = lines.reduce((sum, line) => sum + Number(line.count), 0);
  invariant(
    read === kept && count === keptCount,
    `of ${count} lines over ${read}, ${keptCount} over ${kept} were kept`,
  );
}

/** Our movements in the period, and those that lines of this file matched from outside of it. */
async function sumMovements(em: EntityManager, { provider }: StagedRun, isOfTime: RawBuilder<boolean>): Promise<Sum[]> {
  const { rows } = await sql<Sum>`
    select movement.currency, movement.kind,
           case when open.our is null or open.our in (select our from pairs) then 'FOUND' else 'MISSING' end as state,
           count(*) as count, sum(movement.amount_minor)::bigint as "grossMinor"
    from ${movementsOf(provider)} movement
    left join ours open on open.kind = movement.kind and open.id = movement.id
    where ${isOfTime}
       or open.our in (select our from pairs join lines using (line) where is_new)
    group by 1, 2, 3`.execute(rowsOf(em));
  return rows;
}
