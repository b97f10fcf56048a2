import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { type Database, type EntityManager, rowsOf } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import { type Actor, hasRole } from '../shared/actor.ts';
import { readInstantCursor } from '../shared/keyset.ts';
import { type Page, type PageRequest, pageOf } from '../shared/page.ts';
import type { UserSchema } from '../users/index.ts';
import type { EntitlementSchema } from './entitlement.entity.ts';
import type { OrderSchema } from './order.entity.ts';
import type { Cancellation, OrderState } from './order.state.ts';
import type { OrderItemSchema } from './order-item.entity.ts';
import type { PaymentSchema, PaymentState } from './payment.entity.ts';
import type { RefundSchema, RefundState } from './refund.entity.ts';

export type OrderTables = InferKyselyDB<
  | typeof OrderSchema
  | typeof OrderItemSchema
  | typeof PaymentSchema
  | typeof RefundSchema
  | typeof EntitlementSchema
  | typeof UserSchema
>;

export interface OrderRow {
  readonly id: string;
  readonly userId: string;
  readonly state: OrderState;
  readonly currency: string;
  readonly totalMinor: bigint;
  readonly placedAt: Date;
  readonly paidAt: Date | null;
  readonly refundedAt: Date | null;
  readonly couponId: string | null;
  readonly cancellation: Cancellation | null;
  readonly cancelledAt: Date | null;
}

export interface OrderItemRow {
  readonly id: string;
  readonly orderId: string;
  readonly contentId: string;
  readonly ownerPartnerId: string;
  readonly listPriceMinor: bigint;
  readonly discountMinor: bigint;
  readonly priceMinor: bigint;
  readonly taxMinor: bigint;
  readonly currency: string;
}

export interface PaymentRow {
  readonly id: string;
  readonly orderId: string;
  readonly provider: string;
  readonly providerReference: string | null;
  readonly method: string;
  readonly state: PaymentState;
  readonly amountMinor: bigint;
  readonly feeMinor: bigint | null;
  readonly currency: string;
  readonly failure: string | null;
  readonly authorisedAt: Date | null;
  readonly capturedAt: Date | null;
}

export interface RefundRow {
  readonly id: string;
  readonly orderId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly reason: string;
  readonly state: RefundState;
  readonly failure: string | null;
  readonly requestedAt: Date;
  readonly settledAt: Date | null;
}

/** Staff who see everybody's orders. */
const STAFF = ['FINANCE', 'ADMIN'] as const;

const orderColumns = [
  'id',
  'user_id as userId',
  'state',
  'currency',
  'total_minor as totalMinor',
  'placed_at as placedAt',
  'paid_at as paidAt',
  'refunded_at as refundedAt',
  'coupon_id as couponId',
  'cancellation',
  'cancelled_at as cancelledAt',
] as const;

/** The order, when it is the actor's own or the actor is staff. */
export async function findVisibleOrder(database: Database, actor: Actor, id: string): Promise<OrderRow | null> {
  const buyer = actor.kind === 'USER' ? [actor.userId] : [];
  const row = await database
    .read<OrderTables>()
    .selectFrom('orders')
    .select(orderColumns)
    .where('id', '=', id)
    .$if(!hasRole(actor, ...STAFF), (query) => query.where(isAnyOf('user_id', buyer)))
    .executeTakeFirst();
  return row ?? null;
}

/** A person's orders, newest first. */
export async function findOrderPage(database: Database, userId: string, page: PageRequest): Promise<Page<OrderRow>> {
  const after = readInstantCursor(page.after);
  const rows = await database
    .read<OrderTables>()
    .selectFrom('orders')
    .select(orderColumns)
    .where('user_id', '=', userId)
    .$if(after !== null, (query) => query.where(sql<boolean>`(placed_at, id) < (${after?.at}, ${after?.id}::uuid)`))
    .orderBy('placed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.first + 1)
    .execute();
  return pageOf(rows, page);
}

/** In the order in which they were put. */
export function findItemsOfOrders(database: Database, orderIds: readonly string[]): Promise<OrderItemRow[]> {
  return database
    .read<OrderTables>()
    .selectFrom('order_items')
    .innerJoin('orders', 'orders.id', 'order_items.order_id')
    .select(['order_items.id', 'order_items.order_id as orderId', 'order_items.content_id as contentId'])
    .select(['order_items.owner_partner_id as ownerPartnerId', 'order_items.price_minor as priceMinor'])
    .select(['order_items.list_price_minor as listPriceMinor', 'order_items.discount_minor as discountMinor'])
    .select(['order_items.tax_minor as taxMinor', 'orders.currency'])
    .where(isAnyOf('order_items.order_id', orderIds))
    .orderBy('order_items.position')
    .execute();
}

/** At most one an order: what is free has none. */
export function findPaymentsOfOrders(database: Database, orderIds: readonly string[]): Promise<PaymentRow[]> {
  return database
    .read<OrderTables>()
    .selectFrom('payments')
    .select(['id', 'order_id as orderId', 'provider', 'provider_reference as providerReference', 'method', 'state'])
    .select(['amount_minor as amountMinor', 'fee_minor as feeMinor', 'currency', 'failure'])
    .select(['authorised_at as authorisedAt', 'captured_at as capturedAt'])
    .where(isAnyOf('order_id', orderIds))
    .execute();
}

/** Earliest first. */
export function findRefundsOfOrders(database: Database, orderIds: readonly string[]): Promise<RefundRow[]> {
  return database
    .read<OrderTables>()
    .selectFrom('refunds')
    .innerJoin('orders', 'orders.id', 'refunds.order_id')
    .select(['refunds.id', 'refunds.order_id as orderId', 'refunds.amount_minor as amountMinor', 'orders.currency'])
    .select(['refunds.reason', 'refunds.state', 'refunds.failure', 'refunds.requested_at as requestedAt'])
    .select('refunds.settled_at as settledAt')
    .where(isAnyOf('refunds.order_id', orderIds))
    .orderBy('refunds.requested_at')
    .orderBy('refunds.id')
    .execute();
}

/** Read apart from the refund itself, which is read once its payment is held. */
export async function findOrderOfRefund(em: EntityManager, refundId: string): Promise<string | null> {
  const refunds = rowsOf<OrderTables>(em).selectFrom('refunds').select('order_id as orderId');
  const row = await refunds.where('id', '=', refundId).executeTakeFirst();
  return row?.orderId ?? null;
}

/** Orders that have waited for their payment since before an instant, the longest waiting first. */
export async function findPlacedBefore(
  database: Database,
  { placedBefore, limit }: { placedBefore: Date; limit: number },
): Promise<string[]> {
  const rows = await database
    .read<OrderTables>()
    .selectFrom('orders')
    .select('id')
    .where('state', '=', 'PLACED')
    .where('placed_at', '<=', placedBefore)
    .orderBy('placed_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** How many orders use a coupon, up to a limit. What was cancelled gave its use back. */
export function countCouponUses(em: EntityManager, use: { couponId: string; limit: number }): Promise<number> {
  return countUses(em, { column: 'coupon_id', ...use });
}

/** Likewise for a coupon of a campaign. */
export function countCampaignCouponUses(em: EntityManager, use: { couponId: string; limit: number }): Promise<number> {
  return countUses(em, { column: 'campaign_coupon_id', ...use });
}

async function countUses(
  em: EntityManager,
  { column, couponId, limit }: { column: 'coupon_id' | 'campaign_coupon_id'; couponId: string; limit: number },
): Promise<number> {
  const used = await rowsOf<OrderTables>(em)
    .selectFrom('orders')
    .select('id')
    .where(column, '=', couponId)
    .where('state', '<>', 'CANCELLED')
    .limit(limit)
    .execute();
  return used.length;
}

/** How many orders name each of some coupons of campaigns; those that none names are left out. */
export async function findCampaignCouponUses(
  database: Database,
  couponIds: readonly string[],
): Promise<{ readonly id: string; readonly uses: number }[]> {
  const rows = await database
    .read<OrderTables>()
    .selectFrom('orders')
    .select(({ fn }) => ['campaign_coupon_id as id', fn.countAll<bigint>().as('uses')])
    .where(isAnyOf('campaign_coupon_id', couponIds))
    .where('state', '<>', 'CANCELLED')
    .groupBy('campaign_coupon_id')
    .execute();
  return rows.flatMap(({ id, uses }) => (id === null ? [] : [{ id, uses: Number(uses) }]));
}

/** Those of the contents that the person has, or that an order not yet paid asks for. */
export async function findTakenContentIds(
  em: EntityManager,
  { userId, contentIds }: { userId: string; contentIds: readonly string[] },
): Promise<Set<string>> {
  const db = rowsOf<OrderTables>(em);
  const rows = await db
    .selectFrom('entitlements')
    .select('content_id as contentId')
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .where(isAnyOf('content_id', contentIds))
    .union(
      db
        .selectFrom('order_items')
        .innerJoin('orders', 'orders.id', 'order_items.order_id')
        .select('order_items.content_id as contentId')
        .where('orders.user_id', '=', userId)
        .where('orders.state', '=', 'PLACED')
        .where(isAnyOf('order_items.content_id', contentIds)),
    )
    .execute();
  return new Set(rows.map((row) => row.contentId));
}
