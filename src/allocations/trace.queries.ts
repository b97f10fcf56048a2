import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { type Kysely, sql } from 'kysely';
import type { CampaignSchema, Channel, TouchKind, TouchpointSchema } from '../campaigns/index.ts';
import type { LedgerTables } from '../ledger/index.ts';
import type { ChargebackSchema, PaymentSchema, RefundSchema } from '../orders/index.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import type { AllocationRow, AllocationTables, ShareRow } from './allocation.queries.ts';

export type TraceTables = AllocationTables &
  LedgerTables &
  InferKyselyDB<
    | typeof PaymentSchema
    | typeof RefundSchema
    | typeof ChargebackSchema
    | typeof TouchpointSchema
    | typeof CampaignSchema
  >;

/** A share with the sale behind it. */
export interface TracedShareRow extends ShareRow {
  readonly orderId: string;
  readonly orderPlacedAt: Date;
  readonly orderPaidAt: Date | null;
  readonly orderTotalMinor: bigint;
  readonly contentId: string;
  readonly itemPriceMinor: bigint;
  readonly paymentId: string;
  readonly paymentProvider: string;
  readonly paymentReference: string | null;
  readonly paymentFeeMinor: bigint | null;
  readonly paymentCapturedAt: Date | null;
  /** Why it went back: the clerk's words for a refund, the provider's for a chargeback. */
  readonly refundReason: string | null;
}

export interface TracedTouchpoint {
  readonly id: string;
  readonly campaignId: string;
  readonly campaignName: string;
  readonly partnerId: string;
  readonly channel: Channel;
  readonly kind: TouchKind;
  readonly occurredAt: Date;
}

/** A share as it stands beside its posting. */
export interface BookedShareRow extends ShareRow {
  /** Null for a share of zero. */
  readonly bookedMinor: bigint | null;
}

export function findTracedShares(rows: Kysely<TraceTables>, shareIds: readonly string[]): Promise<TracedShareRow[]> {
  return rows
    .selectFrom('allocation_shares as share')
    .innerJoin('allocations as allocation', 'allocation.id', 'share.allocation_id')
    .innerJoin('order_items as item', 'item.id', 'allocation.order_item_id')
    .innerJoin('orders', 'orders.id', 'item.order_id')
    .innerJoin('payments as payment', 'payment.order_id', 'orders.id')
    .leftJoin('refunds as refund', 'refund.id', 'allocation.refund_id')
    .leftJoin('chargebacks as chargeback', 'chargeback.id', 'allocation.chargeback_id')
    .select(shareColumns)
    .select(['orders.id as orderId', 'orders.placed_at as orderPlacedAt', 'orders.paid_at as orderPaidAt'])
    .select(['orders.total_minor as orderTotalMinor', 'item.content_id as contentId'])
    .select(['item.price_minor as itemPriceMinor', 'payment.id as paymentId', 'payment.provider as paymentProvider'])
    .select(['payment.provider_reference as paymentReference', 'payment.fee_minor as paymentFeeMinor'])
    .select('payment.captured_at as paymentCapturedAt')
    .select(sql<string | null>`coalesce(refund.reason, chargeback.reason)`.as('refundReason'))
    .where(isAnyOf('share.id', shareIds))
    .execute();
}

const shareColumns = [
  'share.id',
  'share.allocation_id as allocationId',
  'share.position',
  'share.party',
  'share.partner_id as partnerId',
  'share.term_id as termId',
  'share.touchpoint_id as touchpointId',
  'share.posting_id as postingId',
  'share.amount_minor as amountMinor',
  'share.posted_minor as postedMinor',
  'share.basis_minor as basisMinor',
  'share.explanation',
] as const;

/** All shares of allocations with what was posted for each, every list by position. */
export function findBookedShares(
  rows: Kysely<TraceTables>,
  allocationIds: readonly string[],
): Promise<BookedShareRow[]> {
  return rows
    .selectFrom('allocation_shares as share')
    .leftJoin('ledger_postings as posting', 'posting.id', 'share.posting_id')
    .select(shareColumns)
    .select('posting.amount_minor as bookedMinor')
    .where(isAnyOf('share.allocation_id', allocationIds))
    .orderBy('share.position')
    .execute();
}

/** Allocations, and all that they rest on: the splits that they take back, or take the place of. */
export async function findAllocationsWithGrounds(
  rows: Kysely<TraceTables>,
  allocationIds: readonly string[],
): Promise<Map<string, AllocationRow>> {
  const { rows: found } = await sql<AllocationRow>`
    with recursive ground(id) as (
      select unnest(${allocationIds}::uuid[])
      union
      select below.id from ground join allocations on allocations.id = ground.id
      cross join lateral (values ((allocations.facts ->> 'saleAllocationId')::uuid), (allocations.supersedes_id))
        as below(id)
      where below.id is not null)
    select allocations.id, kind, order_item_id as "orderItemId", refund_id as "refundId",
           chargeback_id as "chargebackId", supersedes_id as "supersedesId",
           contract_version_id as "contractVersionId", amount_minor as "amountMinor", currency, period,
           effective_at as "effectiveAt", facts
    from ground join allocations on allocations.id = ground.id`.execute(rows);
  return new Map(found.map((allocation) => [allocation.id, allocation]));
}

export function findTracedTouchpoints(
  rows: Kysely<TraceTables>,
  touchpointIds: readonly string[],
): Promise<TracedTouchpoint[]> {
  return rows
    .selectFrom('touchpoints as touch')
    .innerJoin('campaigns as campaign', 'campaign.id', 'touch.campaign_id')
    .select(['touch.id', 'campaign.id as campaignId', 'campaign.name as campaignName'])
    .select(['touch.partner_id as partnerId', 'touch.channel', 'touch.kind', 'touch.occurred_at as occurredAt'])
    .where(isAnyOf('touch.id', touchpointIds))
    .execute();
}
