import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { type Kysely, sql } from 'kysely';
import type { OrderItemSchema, OrderSchema } from '../orders/index.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
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

/** An allocation with what it is stored with. */
export interface StoredRow extends AllocationRow {
  readonly ledgerTransactionId: string | null;
  readonly createdAt: Date;
  readonly shares: readonly (ShareDraft & Pick<ShareRow, 'id' | 'postingId'>)[];
}

const CHUNK = 500;

/** Inserts allocations in their order, with their shares, by one statement for some hundreds. */
export async function insertAllocations(em: EntityManager, rows: readonly StoredRow[]): Promise<void> {
  for (let from = 0; from < rows.length; from += CHUNK) {
    const chunk = rows.slice(from, from + CHUNK);
    const allocations = toJson(chunk.map(allocationColumns));
    const shares = toJson(chunk.flatMap(shareColumns));
    await sql`
      with inserted as (
        insert into allocations
          (id, kind, order_item_id, refund_id, chargeback_id, supersedes_id, contract_version_id,
           ledger_transaction_id, amount_minor, currency, period, effective_at, facts, created_at)
        select id, kind, order_item_id, refund_id, chargeback_id, supersedes_id, contract_version_id,
           ledger_transaction_id, amount_minor, currency, period, effective_at, facts, created_at
        from jsonb_populate_recordset(null::allocations, ${allocations}::jsonb))
      insert into allocation_shares
        (id, allocation_id, position, party, partner_id, term_id, touchpoint_id, posting_id, amount_minor,
         posted_minor, basis_minor, explanation)
      select id, allocation_id, position, party, partner_id, term_id, touchpoint_id, posting_id, amount_minor,
         posted_minor, basis_minor, explanation
      from jsonb_populate_recordset(null::allocation_shares, ${shares}::jsonb)`.execute(rowsOf(em));
  }
}

function allocationColumns(row: StoredRow) {
  return {
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
  };
}

function shareColumns({ id: allocationId, shares }: StoredRow) {
  return shares.map((share, position) => ({
    id: share.id,
    allocation_id: allocationId,
    position,
    party: share.party,
    partner_id: share.partnerId,
    term_id: share.termId,
    touchpoint_id: share.touchpointId,
    posting_id: share.postingId,
    amount_minor: share.amountMinor,
    posted_minor: share.postedMinor,
    basis_minor: share.basisMinor,
    explanation: share.explanation,
  }));
}

/** Amounts go as text: a JSON number would pass through a float. */
function toJson(rows: readonly object[]): string {
  return JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}
