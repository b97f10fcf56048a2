import { defineEntity, p } from '@mikro-orm/core';
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
    cancelledAt: timestamp().nullable(),
    cancellation: p.enum(CANCELLATIONS).nullable(),
  },
});

/** A learner's purchase of one or more contents. */
export class Order extends OrderSchema.class {
  /** @throws IllegalTransitionError when the lifecycle has no such step. */
  moveTo(state: OrderState, at: Date): void {
    assertTransition('order', orderLifecycle, { from: this.state, to: state });
    this.state = state;
    if (state === 'PAID') this.paidAt = at;
    if (state === 'REFUNDED') this.refundedAt = at;
  }

  /** @throws IllegalTransitionError unless it waits for its payment. */
  cancel(cancellation: Cancellation, at: Date): void {
    this.moveTo('CANCELLED', at);
    this.cancellation = cancellation;
    this.cancelledAt = at;
  }
}
OrderSchema.setClass(Order);
