import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { type Kysely, sql } from 'kysely';
import type { OrderItemSchema, OrderSchema } from '../orders/index.ts';
import { bulkInsert } from '../platform/bulk-insert.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import { invariant } from '../shared/invariant.ts';
import type { AllocationKind, AllocationSchema } from './allocation.entity.ts';
import type { AllocationFacts } from './allocation-facts.ts';
import type { AllocationShareSchema } from './allocation-share.entity.ts';
import type { SettledReturnSchema } from './settled-return.entity.ts';
import type { ShareDraft } from './share-draft.ts';

export type AllocationTables = InferKyselyDB<
  | typeof AllocationSchema
  | typeof AllocationShareSchema
  | typeof SettledReturnSchema
  | typeof OrderSchema
  | typeof OrderItemSchema
>;

export interface AllocationRow {
  readonly id: string;
  readonly kind: AllocationKind;
  readonly orderItemId: string;
  readonly refundId: string | null;
  readonly chargebackId: string | null;
  readonly supersedesId: string | null;
  readonly contractVersionId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** Month in the contract's time zone. */
  readonly period: string;
  readonly effectiveAt: Date;
  readonly facts: AllocationFacts;
}

export interface ShareRow extends ShareDraft {
  readonly id: string;
  readonly allocationId: string;
  readonly position: number;
  readonly postingId: string | null;
}

/** Those of the order items whose sale is in the books. */
export async function findSettledItems(em: EntityManager, orderItemIds: readonly string[]): Promise<Set<string>> {
  const rows = await rowsOf<AllocationTables>(em)
    .selectFrom('allocations')
    .select('order_item_id as orderItemId')
    .where(isAnyOf('order_item_id', orderItemIds))
    .where('kind', '=', sql.lit('SALE'))
    .execute();
  return new Set(rows.map(({ orderItemId }) => orderItemId));
}

/** Shares of allocations, each list by position. */
export function findShares(rows: Kysely<AllocationTables>, allocationIds: readonly string[]): Promise<ShareRow[]> {
  return rows
    .selectFrom('allocation_shares')
    .select(['id', 'allocation_id as allocationId', 'position', 'party', 'partner_id as partnerId'])
    .select(['term_id as termId', 'touchpoint_id as touchpointId', 'posting_id as postingId'])
    .select(['amount_minor as amountMinor', 'posted_minor as postedMinor', 'basis_minor as basisMinor'])
    .select('explanation')
    .where(isAnyOf('allocation_id', allocationIds))
    .orderBy('position')
    .execute();
}

export async function insertAllocations(
  em: EntityManager,
  rows: readonly (AllocationRow & { ledgerTransactionId: string | null; createdAt: Date })[],
): Promise<void> {
  const stored = rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    order_item_id: row.orderItemId,
    refund_id: row.refundId,
    chargeback_id: row.chargebackId,
    supersedes_id: row.supersedesId,
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
    posted_minor: row.postedMinor,
    basis_minor: row.basisMinor,
    explanation: row.explanation,
  }));
  invariant((await bulkInsert(em, 'allocation_shares', stored)) === rows.length, 'every share is new');
}
