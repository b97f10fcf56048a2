import { defineEntity, p } from '@mikro-orm/core';
import { currencyCode, minorUnits, timestamp } from '../platform/columns.ts';
import { assertTransition } from '../shared/lifecycle.ts';
import { User } from '../users/index.ts';
import { ORDER_STATES, type OrderState, orderLifecycle } from './order.state.ts';

export const OrderSchema = defineEntity({
  name: 'Order',
  tableName: 'orders',
  uniques: [{ properties: ['userId', 'idempotencyKey'] }],
  indexes: [{ properties: ['userId', 'placedAt', 'id'] }],
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
}
OrderSchema.setClass(Order);
