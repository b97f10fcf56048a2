import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { PartnerEntryKind } from '../partner-accounts/index.ts';
import { type Database, type EntityManager, rowsOf } from '../platform/database.ts';
import type { Month } from '../shared/month.ts';
import { type Page, type PageRequest, pageOf } from '../shared/page.ts';
import { openLines, type StatementTables } from './open-lines.queries.ts';
import type { KindTotal } from './statement.entity.ts';

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
  /** How much of the closing balance is still on hold: when the month was closed, or now. */
  readonly pendingMinor: bigint;
  /** What the lines of each kind come to; kinds without lines are left out. */
  readonly totals: readonly KindTotal[];
  readonly lineCount: number;
  /** The last closed month, whose closing balance is carried into the opening one; null when there was none. */
  readonly carriedFrom: Month | null;
  readonly merkleRoot: string | null;
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
  const row = await selectStatements(rows)
    .where('statement.partner_id', '=', partnerId)
    .where('statement.currency', '=', currency)
    .where('statement.period', '<=', period)
    .orderBy('statement.period', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

function selectStatements(rows: Kysely<StatementTables>) {
  return rows
    .selectFrom('statements as statement')
    .leftJoin('statements as previous', 'previous.id', 'statement.previous_id')
    .select(['statement.id', 'statement.partner_id as partnerId', 'statement.currency', 'statement.period'])
    .select(['statement.opening_minor as openingMinor', 'statement.closing_minor as closingMinor'])
    .select(['statement.pending_minor as pendingMinor', 'statement.totals', 'statement.line_count as lineCount'])
    .select(['previous.period as carriedFrom', 'statement.merkle_root as merkleRoot'])
    .select('statement.closed_at as closedAt');
}

/** Sums of what no statement shows yet: in the months before one, and in it by kind. */
export async function sumOpenLines(
  rows: Kysely<StatementTables>,
  { partnerId, currency, period }: StatementKey,
  firstOpen: Month | null,
): Promise<{ beforeMinor: bigint; withinMinor: bigint; totals: KindTotal[] }> {
  const lines = openLines(firstOpen, ofAccount(partnerId, currency));
  const { rows: sums } = await sql<{
    kind: PartnerEntryKind;
    beforeMinor: bigint;
    withinMinor: bigint;
    count: number;
  }>`
    select kind, coalesce(sum(amount_minor) filter (where period < ${period}), 0)::bigint as "beforeMinor",
           coalesce(sum(amount_minor) filter (where period = ${period}), 0)::bigint as "withinMinor",
           count(*) filter (where period = ${period})::int as count
    from ${lines} line group by kind order by min(effective_at), kind`.execute(rows);
  return {
    beforeMinor: sums.reduce((sum, { beforeMinor }) => sum + beforeMinor, 0n),
    withinMinor: sums.reduce((sum, { withinMinor }) => sum + withinMinor, 0n),
    totals: sums
      .filter(({ count }) => count > 0)
      .map(({ kind, count, withinMinor }) => ({ kind, count, amountMinor: withinMinor.toString() })),
  };
}

/** How much of what counts up to an open month is on hold at an instant. */
export async function sumPending(
  rows: Kysely<StatementTables>,
  { partnerId, currency, period }: StatementKey,
  { firstOpen, at }: { firstOpen: Month | null; at: Date },
): Promise<bigint> {
  const { rows: sums } = await sql<{ pendingMinor: bigint }>`
    select coalesce(sum(amount_minor), 0)::bigint as "pendingMinor" from partner_entries entry
    where ${ofAccount(partnerId, currency)} and entry.available_at > ${at} and entry.amount_minor > 0
      and (entry.statement_id is not null or greatest(entry.period::text, ${firstOpen}::text) <= ${period})`.execute(
    rows,
  );
  return sums[0]?.pendingMinor ?? 0n;
}

/** A condition on `entry`. */
export function ofAccount(partnerId: string, currency: string): RawBuilder<boolean> {
  return sql<boolean>`entry.partner_id = ${partnerId}::uuid and entry.currency = ${currency}`;
}

/** Closed statements of a partner, latest month first. */
export async function findStatementPage(
  database: Database,
  partnerId: string,
  page: PageRequest,
): Promise<Page<StatementRow>> {
  const [period, currency] = page.after ?? [];
  const rows = await selectStatements(database.read<StatementTables>())
    .where('statement.partner_id', '=', partnerId)
    .$if(page.after !== null, (query) =>
      query.where(sql<boolean>`(statement.period, statement.currency) < (${period}, ${currency})`),
    )
    .orderBy('statement.period', 'desc')
    .orderBy('statement.currency', 'desc')
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
    select unnest(contract.currencies)
    from contracts contract join contract_parties party on party.contract_id = contract.id
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
