import { defineEntity, p } from '@mikro-orm/core';
import { CampaignCoupon } from '../campaigns/index.ts';
import { currencyCode, minorUnits, timestamp } from '../platform/columns.ts';
import { Coupon } from '../pricing/index.ts';
import { assertTransition } from '../shared/lifecycle.ts';
import { User } from '../users/index.ts';
import { CANCELLATIONS, type Cancellation, ORDER_STATES, type OrderState, orderLifecycle } from './order.state.ts';

export const OrderSchema = defineEntity({
  name: 'Order',
  tableName: 'orders',
  uniques: [{ properties: ['userId', 'idempotencyKey'] }],
  indexes: [
    { properties: ['userId', 'placedAt', 'id'] },
    {
      name: 'orders_placed',
      expression: `create index "orders_placed" on "orders" ("placed_at") where "state" = 'PLACED'`,
    },
  ],
  properties: {
    id: p.uuid().primary(),
    userId: () => p.manyToOne(User).mapToPk().name('user_id'),
    state: p.enum(ORDER_STATES),
    currency: currencyCode(),
    totalMinor: minorUnits(),
    idempotencyKey: p.text(),
    /** SHA-256 of what was ordered: the same key with another hash is refused. */
    inputHash: p.text(),
    placedAt: timestamp(),
    paidAt: timestamp().nullable(),
    refundedAt: timestamp().nullable(),
    /** Where the buyer was, which decides the tax; null when it was not known. ISO 3166-1 alpha-2. */
    country: p.string().length(2).columnType('char(2)').nullable(),
    /** What it was cheaper by. */
    couponId: () => p.manyToOne(Coupon).mapToPk().name('coupon_id').nullable().index(),
    /** By which the buyer said who brought them. */
    campaignCouponId: () => p.manyToOne(CampaignCoupon).mapToPk().name('campaign_coupon_id').nullable().index(),
    cancelledAt: timestamp().nullable(),
    cancellation: p.enum(CANCELLATIONS).nullable(),
  },
});

/** A learner's purchase of one or more contents. */
export class Order extends OrderSchema.class {
  /** @throws IllegalTransitionError unless it waits for its payment. */
  pay(at: Date): void {
    move(this, 'PAID');
    this.paidAt = at;
  }

  /** Says whether all that was paid is back with the buyer, and since when. */
  standAt(allBackAt: Date | null): void {
    const state = allBackAt ? 'REFUNDED' : 'PAID';
    if (this.state !== state) move(this, state);
    this.refundedAt = allBackAt;
  }

  /** @throws IllegalTransitionError unless it waits for its payment. */
  cancel(cancellation: Cancellation, at: Date): void {
    move(this, 'CANCELLED');
    this.cancellation = cancellation;
    this.cancelledAt = at;
  }
}
OrderSchema.setClass(Order);

function move(order: Order, state: OrderState): void {
  assertTransition('order', orderLifecycle, { from: order.state, to: state });
  order.state = state;
}
