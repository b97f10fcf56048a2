import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type Database, type EntityManager, rowsOf } from '../platform/database.ts';
import { instantCursor, readInstantCursor } from '../shared/keyset.ts';
import type { Month } from '../shared/month.ts';
import { type Cursor, type Page, type PageRequest, pageOf } from '../shared/page.ts';
import { openLines, type StatementLineRow, type StatementTables } from './open-lines.queries.ts';

/** A partner's statement of one month in one currency. */
export interface StatementRow {
  /** Absent while the month is open, and where a closed month had nothing to state. */
  readonly id: string | null;
  readonly partnerId: string;
  readonly currency: string;
  readonly period: Month;
  /** Positive: the platform owes the partner. */
  readonly openingMinor: bigint;
  readonly closingMinor: bigint;
  readonly closedAt: Date | null;
}

export interface StatementKey {
  readonly partnerId: string;
  readonly currency: string;
  readonly period: Month;
}

/** When a month was closed; null when it was not. */
export async function findClosing(rows: Kysely<StatementTables>, period: Month): Promise<Date | null> {
  const row = await rows
    .selectFrom('period_closings')
    .select('closed_at as closedAt')
    .where('period', '=', period)
    .executeTakeFirst();
  return row?.closedAt ?? null;
}

/** The statement of a closed month as it was written, or the last one before it, whose closing balance still stands. */
export async function findLastClosed(
  rows: Kysely<StatementTables>,
  { partnerId, currency, period }: StatementKey,
): Promise<StatementRow | null> {
  const row = await rows
    .selectFrom('statements')
    .select(statementColumns)
    .where('partner_id', '=', partnerId)
    .where('currency', '=', currency)
    .where('period', '<=', period)
    .orderBy('period', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

const statementColumns = [
  'id',
  'partner_id as partnerId',
  'currency',
  'period',
  'opening_minor as openingMinor',
  'closing_minor as closingMinor',
  'closed_at as closedAt',
] as const;

/** Sums of what no statement shows yet: in the months before one, and in it. */
export async function sumOpenLines(
  rows: Kysely<StatementTables>,
  { partnerId, currency, period }: StatementKey,
  firstOpen: Month | null,
): Promise<{ beforeMinor: bigint; withinMinor: bigint }> {
  const lines = openLines(firstOpen, ofAccount(partnerId, currency));
  const { rows: sums } = await sql<{ beforeMinor: bigint; withinMinor: bigint }>`
    select coalesce(sum(amount_minor) filter (where period < ${period}), 0)::bigint as "beforeMinor",
           coalesce(sum(amount_minor) filter (where period = ${period}), 0)::bigint as "withinMinor"
    from ${lines} line`.execute(rows);
  return sums[0] ?? { beforeMinor: 0n, withinMinor: 0n };
}

function ofAccount(partnerId: string, currency: string): RawBuilder<boolean> {
  return sql<boolean>`share.partner_id = ${partnerId}::uuid and allocation.currency = ${currency}`;
}

/** Lines of a month that is not closed, in the order in which they happened. */
export async function findOpenLines(
  database: Database,
  { partnerId, currency, period }: StatementKey,
  { page, firstOpen }: { page: PageRequest; firstOpen: Month | null },
): Promise<Page<StatementLineRow>> {
  const after = readInstantCursor(page.after);
  const lines = openLines(firstOpen, ofAccount(partnerId, currency));
  const { rows } = await sql<StatementLineRow>`
    select id, share_id as "shareId", kind, amount_minor as "amountMinor", effective_at as "effectiveAt",
           late_period as "latePeriod"
    from ${lines} line
    where period = ${period}
      and (${after?.at ?? null}::timestamptz is null
           or (effective_at, id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by effective_at, id limit ${page.first + 1}`.execute(database.read());
  return pageOf(rows, page);
}

/** Lines of a closed statement, in the same order as before it was closed. */
export async function findClosedLines(
  database: Database,
  statementId: string,
  page: PageRequest,
): Promise<Page<StatementLineRow>> {
  const after = readInstantCursor(page.after);
  const rows = await database
    .read<StatementTables>()
    .selectFrom('statement_lines as line')
    .select(['line.id', 'line.allocation_share_id as shareId', 'line.kind', 'line.amount_minor as amountMinor'])
    .select(['line.effective_at as effectiveAt', 'line.late_period as latePeriod'])
    .where('line.statement_id', '=', statementId)
    .$if(after !== null, (query) =>
      query.where('line.position', '>', ({ selectFrom }) =>
        selectFrom('statement_lines')
          .select('position')
          .where('id', '=', after?.id ?? ''),
      ),
    )
    .orderBy('line.position')
    .limit(page.first + 1)
    .execute();
  return pageOf(rows, page);
}

export function lineCursor({ effectiveAt, id }: StatementLineRow): Cursor {
  return instantCursor(effectiveAt, id);
}

/** Closed statements of a partner, latest month first. */
export async function findStatementPage(
  database: Database,
  partnerId: string,
  page: PageRequest,
): Promise<Page<StatementRow>> {
  const [period, currency] = page.after ?? [];
  const rows = await database
    .read<StatementTables>()
    .selectFrom('statements')
    .select(statementColumns)
    .where('partner_id', '=', partnerId)
    .$if(page.after !== null, (query) => query.where(sql<boolean>`(period, currency) < (${period}, ${currency})`))
    .orderBy('period', 'desc')
    .orderBy('currency', 'desc')
    .limit(page.first + 1)
    .execute();
  return pageOf(rows, page);
}

/** Currencies that a partner's account counts; before its first earning those of its contracts. */
export async function findCurrencies(database: Database, options: { partnerId: string; accountCode: string }) {
  const { rows } = await sql<{ currency: string }>`
    with held as (select currency from ledger_accounts where code = ${options.accountCode})
    select currency from held
    union
    select contract.currency from contracts contract join contract_parties party on party.contract_id = contract.id
    where party.partner_id = ${options.partnerId}::uuid and not exists (select from held)
    order by currency`.execute(database.read());
  return rows.map(({ currency }) => currency);
}

/** Time zones in which some contract counts its months. */
export async function findTimeZones(em: EntityManager): Promise<string[]> {
  const rows = await rowsOf<StatementTables>(em)
    .selectFrom('contracts')
    .select('time_zone as timeZone')
    .distinct()
    .execute();
  return rows.map(({ timeZone }) => timeZone);
}
