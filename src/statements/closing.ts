import { sql } from 'kysely';
import { bulkInsert } from '../platform/bulk-insert.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { idFromName } from '../shared/ids.ts';
import { invariant } from '../shared/invariant.ts';
import { endOfMonth, type Month } from '../shared/month.ts';
import { findFirstOpenMonth, openLines, type StatementTables } from './open-lines.queries.ts';
import { PeriodNotOverError, PeriodOrderError } from './statement.errors.ts';
import { findClosing, findTimeZones } from './statement.queries.ts';

/** What a closing did. */
export interface Closing {
  readonly statements: number;
  readonly lines: number;
  /** False when the month was closed already: nothing was done. */
  readonly isNew: boolean;
}

/**
 * Closes a month: writes every partner's statement of it and all lines, in one transaction over one snapshot. One
 * closing at a time; a month that is closed already stays as it is.
 *
 * @throws PeriodNotOverError, PeriodOrderError
 */
export function closeMonth(
  platform: Platform,
  { period, closedBy }: { period: Month; closedBy: string },
): Promise<Closing> {
  const { clock, database } = platform;
  // The lock comes first, so that the snapshot is taken when nobody else closes any more.
  return database.snapshot(async (em) => {
    const rows = rowsOf<StatementTables>(em);
    await sql`lock table period_closings in share row exclusive mode`.execute(rows);
    if (await findClosing(rows, period)) return { statements: 0, lines: 0, isNew: false };
    const closedAt = clock.now();
    await assertOver(em, { period, at: closedAt });
    const firstOpen = await findFirstOpenMonth(rows);
    await assertTurn(em, { period, firstOpen });
    await bulkInsert(em, 'period_closings', [{ period, closed_at: closedAt, closed_by: closedBy }]);
    const statements = await insertStatements(em, { period, firstOpen, closedAt });
    const lines = await insertLines(em, { period, firstOpen });
    await assertBalanced(em, period);
    return { statements, lines, isNew: true };
  });
}

/** @throws PeriodNotOverError while it is still that month where some contract counts */
export async function assertOver(em: EntityManager, { period, at }: { period: Month; at: Date }): Promise<void> {
  const zones = await findTimeZones(em);
  const ends = (zones.length > 0 ? zones : ['utc']).map((zone) => endOfMonth(period, zone).getTime());
  const overAt = new Date(Math.max(...ends));
  if (at < overAt) throw new PeriodNotOverError(period, overAt);
}

/** @throws PeriodOrderError unless it is the month's turn */
export async function assertTurn(
  em: EntityManager,
  { period, firstOpen }: { period: Month; firstOpen: Month | null },
): Promise<void> {
  const expected = firstOpen ?? (await findEarliestOpenMonth(em));
  const isTurn = expected === null || period === expected || (firstOpen === null && period < expected);
  if (!isTurn) throw new PeriodOrderError(period, expected);
}

async function findEarliestOpenMonth(em: EntityManager): Promise<Month | null> {
  const { rows } = await sql<{ period: Month | null }>`
    select min(period) as period from ${openLines(null)} line`.execute(rowsOf(em));
  return rows[0]?.period ?? null;
}

interface Span {
  readonly period: Month;
  readonly firstOpen: Month | null;
}

/** One for every partner and currency with lines or with an earlier statement, which it carries on. */
async function insertStatements(
  em: EntityManager,
  { period, firstOpen, closedAt }: Span & { closedAt: Date },
): Promise<number> {
  const { rows } = await sql<{ partnerId: string; currency: string; openingMinor: bigint; earnedMinor: bigint }>`
    with earned as (
      select partner_id, currency, sum(amount_minor) as amount from ${openLines(firstOpen)} line
      where period = ${period} group by partner_id, currency),
    carried as (
      select distinct on (partner_id, currency) partner_id, currency, closing_minor from statements
      order by partner_id, currency, period desc)
    select partner_id as "partnerId", currency, coalesce(closing_minor, 0)::bigint as "openingMinor",
           coalesce(amount, 0)::bigint as "earnedMinor"
    from earned full join carried using (partner_id, currency)`.execute(rowsOf(em));
  const statements = rows.map(({ partnerId, currency, openingMinor, earnedMinor }) => ({
    id: idFromName('statement', `${partnerId} ${currency} ${period}`),
    partner_id: partnerId,
    currency,
    period,
    opening_minor: openingMinor,
    closing_minor: openingMinor + earnedMinor,
    closed_at: closedAt,
  }));
  const inserted = await bulkInsert(em, 'statements', statements);
  invariant(inserted === statements.length, 'every statement is new');
  return inserted;
}

async function insertLines(em: EntityManager, { period, firstOpen }: Span): Promise<number> {
  const result = await sql`
    insert into statement_lines
      (id, statement_id, position, posting_id, allocation_share_id, kind, amount_minor, effective_at, late_period)
    select line.id, statement.id,
           row_number() over (partition by statement.id order by line.effective_at, line.id),
           line.id, line.share_id, line.kind, line.amount_minor, line.effective_at, line.late_period
    from ${openLines(firstOpen)} line
    join statements statement on statement.partner_id = line.partner_id
      and statement.currency = line.currency and statement.period = ${period}
    where line.period = ${period}`.execute(rowsOf(em));
  return Number(result.numAffectedRows ?? 0n);
}

/** Opening balance and lines are the closing balance, on each statement of the month. */
async function assertBalanced(em: EntityManager, period: Month): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select statement.id from statements statement
    left join statement_lines line on line.statement_id = statement.id
    where statement.period = ${period} group by statement.id
    having statement.opening_minor + coalesce(sum(line.amount_minor), 0) <> statement.closing_minor`.execute(
    rowsOf(em),
  );
  invariant(rows.length === 0, `statement ${rows[0]?.id} of ${period} adds up`);
}
