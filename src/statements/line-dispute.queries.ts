import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type Database, type EntityManager, rowsOf } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import { instantCursor, readInstantCursor } from '../shared/keyset.ts';
import { type Cursor, type Page, type PageRequest, pageOf } from '../shared/page.ts';
import type { DisputeState } from './line-dispute.state.ts';
import type { StatementTables } from './open-lines.queries.ts';

/** A partner's objection to one line. */
export interface LineDisputeRow {
  readonly id: string;
  /** The line. */
  readonly postingId: string;
  readonly partnerId: string;
  readonly currency: string;
  readonly state: DisputeState;
  readonly reason: string;
  /** What the line and earlier adjustments of it came to. */
  readonly statedMinor: bigint;
  /** What the partner thinks right. */
  readonly claimedMinor: bigint;
  /** What finance found right; set with ACCEPTED. */
  readonly grantedMinor: bigint | null;
  readonly answer: string | null;
  /** The line of the adjustment; set with ACCEPTED. */
  readonly adjustmentPostingId: string | null;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
}

export interface LineDisputeStepRow {
  readonly disputeId: string;
  readonly fromState: DisputeState | null;
  readonly toState: DisputeState;
  readonly by: string;
  readonly reason: string;
  readonly at: Date;
}

function selectDisputes(rows: Kysely<StatementTables>) {
  return rows
    .selectFrom('line_disputes')
    .select(['id', 'posting_id as postingId', 'partner_id as partnerId', 'currency', 'state', 'reason'])
    .select(['stated_minor as statedMinor', 'claimed_minor as claimedMinor', 'granted_minor as grantedMinor'])
    .select(['answer', 'adjustment_posting_id as adjustmentPostingId', 'opened_at as openedAt'])
    .select('closed_at as closedAt');
}

export function findDisputesByIds(database: Database, ids: readonly string[]): Promise<LineDisputeRow[]> {
  return selectDisputes(database.read<StatementTables>()).where(isAnyOf('id', ids)).execute();
}

/** Disputes of lines, latest first. */
export function findDisputesOfLines(database: Database, lineIds: readonly string[]): Promise<LineDisputeRow[]> {
  return selectDisputes(database.read<StatementTables>())
    .where(isAnyOf('posting_id', lineIds))
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** Disputes, those that wait longest first. */
export async function findDisputePage(
  database: Database,
  filter: { partnerId: string | null; state: DisputeState | null },
  page: PageRequest,
): Promise<Page<LineDisputeRow>> {
  const { partnerId, state } = filter;
  const after = readInstantCursor(page.after);
  const rows = await selectDisputes(database.read<StatementTables>())
    .$if(partnerId !== null, (query) => query.where('partner_id', '=', partnerId ?? ''))
    .$if(state !== null, (query) => query.where('state', '=', state ?? 'OPEN'))
    .$if(after !== null, (query) => query.where(isAfter(after)))
    .orderBy('opened_at')
    .orderBy('id')
    .limit(page.first + 1)
    .execute();
  return pageOf(rows, page);
}

function isAfter(after: { at: Date; id: string } | null): RawBuilder<boolean> {
  return sql<boolean>`(opened_at, id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid)`;
}

export function disputeCursor({ openedAt, id }: LineDisputeRow): Cursor {
  return instantCursor(openedAt, id);
}

/** Steps of disputes, oldest first. */
export function findStepsOfDisputes(database: Database, disputeIds: readonly string[]): Promise<LineDisputeStepRow[]> {
  return database
    .read<StatementTables>()
    .selectFrom('line_dispute_steps')
    .select(['dispute_id as disputeId', 'from_state as fromState', 'to_state as toState', 'by', 'reason', 'at'])
    .where(isAnyOf('dispute_id', disputeIds))
    .orderBy('at')
    .orderBy('id')
    .execute();
}

/** A line that is held until the transaction ends, with what it and its adjustments come to. */
export interface HeldLine {
  readonly partnerId: string;
  readonly currency: string;
  readonly kind: string;
  readonly amountMinor: bigint;
  readonly effectiveAt: Date;
  readonly adjustedMinor: bigint;
}

/** Whoever opens or answers a dispute of a line holds the line first. @returns null when there is no such line */
export async function lockLine(em: EntityManager, postingId: string): Promise<HeldLine | null> {
  const rows = rowsOf<StatementTables>(em);
  const line = await rows
    .selectFrom('partner_entries')
    .select(['partner_id as partnerId', 'currency', 'kind', 'amount_minor as amountMinor'])
    .select('effective_at as effectiveAt')
    .where('posting_id', '=', postingId)
    .forUpdate()
    .executeTakeFirst();
  if (!line) return null;
  const { adjustments } = await rows
    .selectFrom('line_disputes')
    .select(sql<bigint>`coalesce(sum(granted_minor - stated_minor), 0)::bigint`.as('adjustments'))
    .where('posting_id', '=', postingId)
    .where('state', '=', 'ACCEPTED')
    .executeTakeFirstOrThrow();
  return { ...line, adjustedMinor: line.amountMinor + adjustments };
}

/** Time zone in which a partner's months are counted: that of its latest contract, else UTC. */
export async function findTimeZoneOf(em: EntityManager, partnerId: string): Promise<string> {
  const { rows } = await sql<{ timeZone: string }>`
    select contract.time_zone as "timeZone" from contracts contract
    join contract_parties party on party.contract_id = contract.id
    where party.partner_id = ${partnerId}::uuid order by contract.created_at desc, contract.id limit 1`.execute(
    rowsOf(em),
  );
  return rows[0]?.timeZone ?? 'UTC';
}
