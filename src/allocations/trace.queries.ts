import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { type Kysely, sql } from 'kysely';
import type { CampaignSchema, Channel, TouchKind, TouchpointSchema } from '../campaigns/index.ts';
import type { LedgerTables } from '../ledger/index.ts';
import type { PaymentSchema, RefundSchema } from '../orders/index.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import type { AllocationRow, AllocationTables, ShareRow } from './allocation.queries.ts';

export type TraceTables = AllocationTables &
  LedgerTables &
  InferKyselyDB<typeof PaymentSchema | typeof RefundSchema | typeof TouchpointSchema | typeof CampaignSchema>;

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
    .select(shareColumns)
    .select(['orders.id as orderId', 'orders.placed_at as orderPlacedAt', 'orders.paid_at as orderPaidAt'])
    .select(['orders.total_minor as orderTotalMinor', 'item.content_id as contentId'])
    .select(['item.price_minor as itemPriceMinor', 'payment.id as paymentId', 'payment.provider as paymentProvider'])
    .select(['payment.provider_reference as paymentReference', 'payment.fee_minor as paymentFeeMinor'])
    .select(['payment.captured_at as paymentCapturedAt', 'refund.reason as refundReason'])
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

/** Allocations, and for refunds the allocations of their sales too. */
export async function findAllocationsWithSales(
  rows: Kysely<TraceTables>,
  allocationIds: readonly string[],
): Promise<Map<string, AllocationRow>> {
  const found = await rows
    .selectFrom('allocations')
    .select(['id', 'kind', 'order_item_id as orderItemId', 'refund_id as refundId'])
    .select(['contract_version_id as contractVersionId', 'amount_minor as amountMinor', 'currency', 'period'])
    .select(['effective_at as effectiveAt', 'facts'])
    .where(
      sql<boolean>`id = any(${allocationIds}::uuid[]) or id in (
        select (facts ->> 'saleAllocationId')::uuid from allocations where id = any(${allocationIds}::uuid[]))`,
    )
    .execute();
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
