import type { InferKyselyDB } from '@mikro-orm/postgresql';
import type { Kysely } from 'kysely';
import type { OrderItemSchema, OrderSchema } from '../orders/index.ts';
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
