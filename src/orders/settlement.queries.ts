import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Module } from '../content/index.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import { present } from '../shared/invariant.ts';
import type { OrderSchema } from './order.entity.ts';
import type { OrderItemSchema } from './order-item.entity.ts';
import type { PaymentSchema } from './payment.entity.ts';

type Tables = InferKyselyDB<typeof OrderSchema | typeof OrderItemSchema | typeof PaymentSchema>;

/** What the split of a sale needs to know of a paid order. Facts: they never change once the payment is captured. */
export interface SettlementFacts {
  readonly orderId: string;
  readonly userId: string;
  readonly currency: string;
  readonly paidAt: Date;
  readonly totalMinor: bigint;
  /** What the payment provider kept of the total. */
  readonly feeMinor: bigint;
  /** The payment provider; `none` where a discount left nothing to pay. */
  readonly provider: string;
  /** By position. Their prices sum to the total. */
  readonly items: readonly SettlementItem[];
}

export interface SettlementItem {
  readonly id: string;
  readonly position: number;
  readonly contentId: string;
  readonly ownerPartnerId: string;
  readonly domainCode: string;
  readonly module: Module;
  readonly listPriceMinor: bigint;
  readonly discountMinor: bigint;
  /** What was paid: the list price less the discount, tax in it. */
  readonly priceMinor: bigint;
  readonly taxMinor: bigint;
  /** When the buyer first paid for something of the owner's; at the latest with this order. */
  readonly customerSince: Date;
}

/**
 * Facts of those of the orders that were paid, refunded since or not; the others are left out, also where a payment
 * came after its order was cancelled: that is no sale, and goes back.
 */
export async function findSettlementFacts(em: EntityManager, orderIds: readonly string[]): Promise<SettlementFacts[]> {
  const orders = await paidOrders(em, orderIds);
  const itemsOf = Map.groupBy(await soldItems(em, orderIds), (item) => item.orderId);
  return orders.map(({ paidAt, feeMinor, provider, ...order }) => ({
    ...order,
    paidAt: present(paidAt, 'the instant of a captured payment'),
    feeMinor: feeMinor ?? 0n,
    provider: provider ?? 'none',
    items: (itemsOf.get(order.orderId) ?? []).map(({ orderId: _, ...item }) => item),
  }));
}

function paidOrders(em: EntityManager, orderIds: readonly string[]) {
  return rowsOf<Tables>(em)
    .selectFrom('orders')
    .leftJoin('payments', 'payments.order_id', 'orders.id')
    .select(['orders.id as orderId', 'orders.user_id as userId', 'orders.currency', 'orders.paid_at as paidAt'])
    .select(['orders.total_minor as totalMinor', 'payments.fee_minor as feeMinor', 'payments.provider'])
    .where(isAnyOf('orders.id', orderIds))
    .where('orders.paid_at', 'is not', null)
    .execute();
}

/** Items of paid orders by position. What was free made nobody a customer. */
function soldItems(em: EntityManager, orderIds: readonly string[]) {
  return rowsOf<Tables>(em)
    .selectFrom('order_items as item')
    .innerJoin('orders', 'orders.id', 'item.order_id')
    .select(['item.id', 'item.order_id as orderId', 'item.position', 'item.content_id as contentId'])
    .select(['item.owner_partner_id as ownerPartnerId', 'item.domain_code as domainCode', 'item.module'])
    .select(['item.list_price_minor as listPriceMinor', 'item.discount_minor as discountMinor'])
    .select(['item.price_minor as priceMinor', 'item.tax_minor as taxMinor'])
    .select(
      sql<Date>`least(orders.paid_at, (
        select min(earlier.paid_at) from orders earlier join order_items bought on bought.order_id = earlier.id
        where earlier.user_id = orders.user_id and earlier.paid_at is not null
          and bought.owner_partner_id = item.owner_partner_id and bought.price_minor > 0))`.as('customerSince'),
    )
    .where(isAnyOf('item.order_id', orderIds))
    .where('orders.paid_at', 'is not', null)
    .orderBy('item.position')
    .execute();
}
