import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import { present } from '../shared/invariant.ts';
import type { OrderSchema } from './order.entity.ts';
import type { OrderItemSchema } from './order-item.entity.ts';
import type { PaymentSchema } from './payment.entity.ts';
import type { RefundSchema } from './refund.entity.ts';

type Tables = InferKyselyDB<typeof OrderSchema | typeof OrderItemSchema | typeof PaymentSchema | typeof RefundSchema>;

/** What the split of a sale needs to know of a paid order. Facts: they never change once the payment is captured. */
export interface SettlementFacts {
  readonly orderId: string;
  readonly userId: string;
  readonly currency: string;
  readonly paidAt: Date;
  readonly totalMinor: bigint;
  /** What the payment provider kept of the total. */
  readonly feeMinor: bigint;
  readonly provider: string;
  /** By position. Their prices sum to the total. */
  readonly items: readonly SettlementItem[];
}

export interface SettlementItem {
  readonly id: string;
  readonly position: number;
  readonly contentId: string;
  readonly ownerPartnerId: string;
  readonly priceMinor: bigint;
}

export interface RefundFacts {
  readonly refundId: string;
  readonly orderId: string;
  readonly amountMinor: bigint;
  readonly settledAt: Date;
}

/** Facts of those of the orders whose payment was captured, refunded since or not; the others are left out. */
export async function findSettlementFacts(em: EntityManager, orderIds: readonly string[]): Promise<SettlementFacts[]> {
  const orders = await capturedOrders(em, orderIds);
  const items = await rowsOf<Tables>(em)
    .selectFrom('order_items')
    .select(['id', 'order_id as orderId', 'position', 'content_id as contentId'])
    .select(['owner_partner_id as ownerPartnerId', 'price_minor as priceMinor'])
    .where(isAnyOf('order_id', orderIds))
    .orderBy('position')
    .execute();
  const itemsOf = Map.groupBy(items, (item) => item.orderId);
  return orders.map(({ paidAt, feeMinor, ...order }) => ({
    ...order,
    paidAt: present(paidAt, 'the instant of a captured payment'),
    feeMinor: present(feeMinor, 'the fee of a captured payment'),
    items: (itemsOf.get(order.orderId) ?? []).map(({ orderId: _, ...item }) => item),
  }));
}

function capturedOrders(em: EntityManager, orderIds: readonly string[]) {
  return rowsOf<Tables>(em)
    .selectFrom('orders')
    .innerJoin('payments', 'payments.order_id', 'orders.id')
    .select(['orders.id as orderId', 'orders.user_id as userId', 'orders.currency', 'orders.paid_at as paidAt'])
    .select(['orders.total_minor as totalMinor', 'payments.fee_minor as feeMinor', 'payments.provider'])
    .where(isAnyOf('orders.id', orderIds))
    .where('payments.captured_at', 'is not', null)
    .execute();
}

/** Facts of those of the refunds that the provider has paid back; the others are left out. */
export async function findRefundFacts(em: EntityManager, refundIds: readonly string[]): Promise<RefundFacts[]> {
  const rows = await rowsOf<Tables>(em)
    .selectFrom('refunds')
    .select(['id as refundId', 'order_id as orderId', 'amount_minor as amountMinor', 'settled_at as settledAt'])
    .where(isAnyOf('id', refundIds))
    .where('state', '=', 'SUCCEEDED')
    .execute();
  return rows.map(({ settledAt, ...row }) => ({ ...row, settledAt: present(settledAt, 'when a refund was settled') }));
}
