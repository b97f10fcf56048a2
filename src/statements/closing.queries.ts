import { sql } from 'kysely';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import { type Month, previousMonth } from '../shared/month.ts';
import { openLineColumns, openLines, type StatementLineRow, type StatementTables } from './open-lines.queries.ts';

/** A line on its way onto the statement of its partner and currency. */
export interface ClosingLine extends StatementLineRow {
  readonly partnerId: string;
  readonly currency: string;
}

const PAGE = 2_000;

/**
 * Every line of the month, by partner, currency and time, page by page from one cursor: however many there are, few are
 * in memory.
 */
export async function* readLines(em: EntityManager, period: Month): AsyncGenerator<readonly ClosingLine[]> {
  const rows = rowsOf(em);
  await sql`
    declare closing_lines no scroll cursor for
    select line.partner_id as "partnerId", line.currency, ${openLineColumns}
    from ${openLines(period)} line where line.period = ${period}
    order by line.partner_id, line.currency, line.effective_at, line.id`.execute(rows);
  for (;;) {
    const page = await sql<ClosingLine>`fetch ${sql.lit(PAGE)} from closing_lines`.execute(rows);
    yield page.rows;
    if (page.rows.length < PAGE) break;
  }
  await sql`close closing_lines`.execute(rows);
}

/** What the month before left: every account that ever had a statement had one then. */
export interface Carried {
  readonly id: string;
  readonly partnerId: string;
  readonly currency: string;
  readonly closingMinor: bigint;
  readonly merkleRoot: string | null;
}

export function findCarried(em: EntityManager, period: Month): Promise<Carried[]> {
  return rowsOf<StatementTables>(em)
    .selectFrom('statements')
    .select(['id', 'partner_id as partnerId', 'currency', 'closing_minor as closingMinor'])
    .select('merkle_root as merkleRoot')
    .where('period', '=', previousMonth(period))
    .execute();
}

/** What is on hold of everything up to the month, by partner and currency; accounts without are left out. */
export async function findPending(
  em: EntityManager,
  { period, at }: { period: Month; at: Date },
): Promise<{ partnerId: string; currency: string; pendingMinor: bigint }[]> {
  const { rows } = await sql<{ partnerId: string; currency: string; pendingMinor: bigint }>`
    with account as (
      select partner_id, currency from statements where period = ${previousMonth(period)}
      union select partner_id, currency from ${openLines(period)} line where period = ${period})
    select account.partner_id as "partnerId", account.currency, held.amount as "pendingMinor"
    from account cross join lateral (
      select sum(entry.amount_minor)::bigint as amount from partner_entries entry
      where entry.partner_id = account.partner_id and entry.currency = account.currency
        and entry.available_at > ${at} and entry.amount_minor > 0
        and (entry.statement_id is not null or entry.period::text <= ${period})) held
    where held.amount is not null`.execute(rowsOf(em));
  return rows;
}

/** Says on each entry of the month's lines which statement shows it. @returns their number */
export async function claimEntries(em: EntityManager, period: Month): Promise<number> {
  const result = await sql`
    update partner_entries entry set statement_id = line.statement_id
    from statement_lines line join statements statement on statement.id = line.statement_id
    where statement.period = ${period} and entry.posting_id = line.posting_id
      and entry.statement_id is null`.execute(rowsOf(em));
  return Number(result.numAffectedRows ?? 0n);
}

/** A statement of the month whose opening balance and lines are not its closing balance; null when all add up. */
export async function findUnbalanced(em: EntityManager, period: Month): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select statement.id from statements statement
    cross join lateral (
      select coalesce(sum(line.amount_minor), 0) as amount, count(*) as lines
      from statement_lines line where line.statement_id = statement.id) stated
    where statement.period = ${period}
      and (statement.opening_minor + stated.amount <> statement.closing_minor or stated.lines <> statement.line_count)
    limit 1`.execute(rowsOf(em));
  return rows[0]?.id ?? null;
}
