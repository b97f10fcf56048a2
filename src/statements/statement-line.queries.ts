import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { PartnerEntryKind } from '../partner-accounts/index.ts';
import type { Database } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import { instantCursor, readInstantCursor } from '../shared/keyset.ts';
import type { Month } from '../shared/month.ts';
import { type Cursor, type Page, type PageRequest, pageOf } from '../shared/page.ts';
import { openLineColumns, openLines, type StatementLineRow, type StatementTables } from './open-lines.queries.ts';
import { ofAccount, type StatementKey } from './statement.queries.ts';

export const LINE_ORDERS = ['OLDEST_FIRST', 'NEWEST_FIRST'] as const;
export type LineOrder = (typeof LINE_ORDERS)[number];

/** Which lines of a statement are wanted, and in which order. */
export interface LinesRequest {
  readonly page: PageRequest;
  readonly order?: LineOrder;
  /** All kinds unless given. */
  readonly kinds?: readonly PartnerEntryKind[] | null;
}

/** Lines of a month that is not closed. */
export async function findOpenLines(
  rows: Kysely<StatementTables>,
  { partnerId, currency, period }: StatementKey,
  { page, order = 'OLDEST_FIRST', kinds = null, firstOpen }: LinesRequest & { firstOpen: Month | null },
): Promise<Page<StatementLineRow>> {
  const after = readInstantCursor(page.after);
  const lines = openLines(firstOpen, ofAccount(partnerId, currency));
  const [beyond, direction] = order === 'OLDEST_FIRST' ? [sql`>`, sql`asc`] : [sql`<`, sql`desc`];
  // No "or": as a plain comparison of rows it is a place in the index of what is open.
  const isBeyond = after
    ? sql`(line.effective_at, line.id) ${beyond} (${after.at}::timestamptz, ${after.id}::uuid)`
    : sql`true`;
  const found = await sql<StatementLineRow>`
    select ${openLineColumns} from ${lines} line
    where line.period = ${period} and ${isOfKind(kinds)} and ${isBeyond}
    order by line.effective_at ${direction}, line.id ${direction} limit ${page.first + 1}`.execute(rows);
  return pageOf(found.rows, page);
}

/** Lines of a closed statement, in the same order as before it was closed. */
export async function findClosedLines(
  rows: Kysely<StatementTables>,
  statementId: string,
  { page, order = 'OLDEST_FIRST', kinds = null }: LinesRequest,
): Promise<Page<StatementLineRow>> {
  const after = readInstantCursor(page.after);
  const [beyond, direction] = order === 'OLDEST_FIRST' ? (['>', 'asc'] as const) : (['<', 'desc'] as const);
  const found = await selectClosedLines(rows)
    .where('line.statement_id', '=', statementId)
    .where(isOfKind(kinds))
    .$if(after !== null, (query) =>
      query.where('line.position', beyond, ({ selectFrom }) =>
        selectFrom('statement_lines')
          .select('position')
          .where('id', '=', after?.id ?? ''),
      ),
    )
    .orderBy('line.position', direction)
    .limit(page.first + 1)
    .execute();
  return pageOf(found, page);
}

/** Lines of closed statements, called `line`, as `StatementLineRow`s. */
export function selectClosedLines(rows: Kysely<StatementTables>) {
  return rows
    .selectFrom('statement_lines as line')
    .select(['line.id', 'line.statement_id as statementId', 'line.position', 'line.allocation_share_id as shareId'])
    .select(['line.source_id as sourceId', 'line.kind', 'line.amount_minor as amountMinor'])
    .select(['line.effective_at as effectiveAt', 'line.available_at as availableAt'])
    .select(['line.late_period as latePeriod', 'line.explanation']);
}

/** A line with what tells whose it is. */
export interface OwnedLineRow extends StatementLineRow {
  readonly partnerId: string;
  readonly currency: string;
}

/** Lines by id: a closed one as its statement shows it, an open one as it stands on the account. */
export async function findLinesByIds(rows: Kysely<StatementTables>, ids: readonly string[]): Promise<OwnedLineRow[]> {
  const found = await sql<OwnedLineRow>`
    select entry.posting_id as id, entry.partner_id as "partnerId", entry.currency, line.statement_id as "statementId",
           line.position, coalesce(line.allocation_share_id, entry.share_id) as "shareId",
           coalesce(line.source_id, entry.source_id) as "sourceId", coalesce(line.kind, entry.kind) as kind,
           coalesce(line.amount_minor, entry.amount_minor) as "amountMinor",
           coalesce(line.effective_at, entry.effective_at) as "effectiveAt",
           coalesce(line.available_at, entry.available_at) as "availableAt",
           coalesce(line.late_period, closing.period) as "latePeriod",
           coalesce(line.explanation, entry.explanation) as explanation
    from partner_entries entry
    left join statement_lines line on line.posting_id = entry.posting_id
    left join period_closings closing on entry.statement_id is null and closing.period = entry.period
    where ${isAnyOf('entry.posting_id', ids)}`.execute(rows);
  return found.rows;
}

/** As `findLinesByIds`, outside any transaction. */
export function findStatementLines(database: Database, ids: readonly string[]): Promise<OwnedLineRow[]> {
  return findLinesByIds(database.read<StatementTables>(), ids);
}

/** A condition on `line`. */
function isOfKind(kinds: readonly PartnerEntryKind[] | null): RawBuilder<boolean> {
  return kinds === null ? sql<boolean>`true` : sql<boolean>`line.kind = any(${kinds}::text[])`;
}

export function lineCursor({ effectiveAt, id }: StatementLineRow): Cursor {
  return instantCursor(effectiveAt, id);
}
