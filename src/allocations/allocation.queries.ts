import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { type Kysely, sql } from 'kysely';
import type { OrderItemSchema, OrderSchema } from '../orders/index.ts';
import { bulkInsert } from '../platform/bulk-insert.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import { invariant } from '../shared/invariant.ts';
import type { AllocationFacts, AllocationKind, AllocationSchema } from './allocation.entity.ts';
import type { AllocationShareSchema, ShareParty } from './allocation-share.entity.ts';

export type AllocationTables = InferKyselyDB<
  typeof AllocationSchema | typeof AllocationShareSchema | typeof OrderSchema | typeof OrderItemSchema
>;

export interface AllocationRow {
  readonly id: string;
  readonly kind: AllocationKind;
  readonly orderItemId: string;
  readonly refundId: string | null;
  readonly contractVersionId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** Month in the contract's time zone. */
  readonly period: string;
  readonly effectiveAt: Date;
  readonly facts: AllocationFacts;
}

export interface ShareRow {
  readonly id: string;
  readonly allocationId: string;
  readonly position: number;
  readonly party: ShareParty;
  readonly partnerId: string | null;
  readonly termId: string | null;
  readonly touchpointId: string | null;
  readonly postingId: string | null;
  readonly amountMinor: bigint;
  readonly basisMinor: bigint;
  readonly explanation: string;
}

/** Makes settlements of the same orders wait for each other until the transaction ends. */
export async function lockOrders(em: EntityManager, orderIds: readonly string[]): Promise<void> {
  await rowsOf<AllocationTables>(em)
    .selectFrom('orders')
    .select('id')
    .where(isAnyOf('id', orderIds))
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
}

/** Those of the order items whose sale is in the books. */
export async function findSettledItems(em: EntityManager, orderItemIds: readonly string[]): Promise<Set<string>> {
  const rows = await rowsOf<AllocationTables>(em)
    .selectFrom('allocations')
    .select('order_item_id as orderItemId')
    .where(isAnyOf('order_item_id', orderItemIds))
    .where('refund_id', 'is', null)
    .execute();
  return new Set(rows.map(({ orderItemId }) => orderItemId));
}

/** Allocations of the sales of orders, those of one order by position of the item. */
export function findSaleAllocations(em: EntityManager, orderIds: readonly string[]) {
  return rowsOf<AllocationTables>(em)
    .selectFrom('allocations')
    .innerJoin('order_items', 'order_items.id', 'allocations.order_item_id')
    .select(allocationColumns)
    .select('order_items.order_id as orderId')
    .where('allocations.kind', '=', 'SALE')
    .where(isAnyOf('order_items.order_id', orderIds))
    .orderBy('order_items.position')
    .execute();
}

/** What each item of orders has been refunded so far, as far as it is in the books. */
export async function findRefundedAmounts(
  em: EntityManager,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, bigint>> {
  const rows = await rowsOf<AllocationTables>(em)
    .selectFrom('allocations')
    .innerJoin('order_items', 'order_items.id', 'allocations.order_item_id')
    .select(['order_items.id as itemId', sql<bigint>`(-sum(allocations.amount_minor))::bigint`.as('refundedMinor')])
    .where('allocations.kind', '=', 'REFUND')
    .where(isAnyOf('order_items.order_id', orderIds))
    .groupBy('order_items.id')
    .execute();
  return new Map(rows.map(({ itemId, refundedMinor }) => [itemId, refundedMinor]));
}

/** Those of the refunds that are in the books. */
export async function findSettledRefunds(em: EntityManager, refundIds: readonly string[]): Promise<Set<string>> {
  const rows = await rowsOf<AllocationTables>(em)
    .selectFrom('allocations')
    .select('refund_id as refundId')
    .distinct()
    .where(isAnyOf('refund_id', refundIds))
    .execute();
  return new Set(rows.flatMap(({ refundId }) => refundId ?? []));
}

/** Shares of allocations, each list by position. */
export function findShares(rows: Kysely<AllocationTables>, allocationIds: readonly string[]): Promise<ShareRow[]> {
  return rows
    .selectFrom('allocation_shares')
    .select(['id', 'allocation_id as allocationId', 'position', 'party', 'partner_id as partnerId'])
    .select(['term_id as termId', 'touchpoint_id as touchpointId', 'posting_id as postingId'])
    .select(['amount_minor as amountMinor', 'basis_minor as basisMinor', 'explanation'])
    .where(isAnyOf('allocation_id', allocationIds))
    .orderBy('position')
    .execute();
}

const allocationColumns = [
  'allocations.id',
  'allocations.kind',
  'allocations.order_item_id as orderItemId',
  'allocations.refund_id as refundId',
  'allocations.contract_version_id as contractVersionId',
  'allocations.amount_minor as amountMinor',
  'allocations.currency',
  'allocations.period',
  'allocations.effective_at as effectiveAt',
  'allocations.facts',
] as const;

export async function insertAllocations(
  em: EntityManager,
  rows: readonly (AllocationRow & { ledgerTransactionId: string; createdAt: Date })[],
): Promise<void> {
  const stored = rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    order_item_id: row.orderItemId,
    refund_id: row.refundId,
    contract_version_id: row.contractVersionId,
    ledger_transaction_id: row.ledgerTransactionId,
    amount_minor: row.amountMinor,
    currency: row.currency,
    period: row.period,
    effective_at: row.effectiveAt,
    facts: row.facts,
    created_at: row.createdAt,
  }));
  invariant((await bulkInsert(em, 'allocations', stored)) === rows.length, 'every allocation is new');
}

export async function insertShares(em: EntityManager, rows: readonly ShareRow[]): Promise<void> {
  const stored = rows.map((row) => ({
    id: row.id,
    allocation_id: row.allocationId,
    position: row.position,
    party: row.party,
    partner_id: row.partnerId,
    term_id: row.termId,
    touchpoint_id: row.touchpointId,
    posting_id: row.postingId,
    amount_minor: row.amountMinor,
    basis_minor: row.basisMinor,
    explanation: row.explanation,
  }));
  invariant((await bulkInsert(em, 'allocation_shares', stored)) === rows.length, 'every share is new');
}
