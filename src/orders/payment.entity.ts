import { defineEntity, p } from '@mikro-orm/core';
import { currencyCode, minorUnits, timestamp } from '../platform/columns.ts';
import { invariant } from '../shared/invariant.ts';
import { Order } from './order.entity.ts';

export const PAYMENT_STATES = ['PENDING', 'AUTHORISED', 'CAPTURED', 'FAILED', 'REFUNDED'] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];

export const PaymentSchema = defineEntity({
  name: 'Payment',
  tableName: 'payments',
  uniques: [{ properties: ['provider', 'providerReference'] }],
  properties: {
    id: p.uuid().primary(),
    orderId: () => p.manyToOne(Order).mapToPk().name('order_id').unique(),
    provider: p.text(),
    /** The provider's own name of the payment; absent until it answered. */
    providerReference: p.text().nullable(),
    /** What the learner pays with, as the provider names it. */
    method: p.text(),
    state: p.enum(PAYMENT_STATES),
    amountMinor: minorUnits(),
    /** What the provider keeps, known when captured. */
    feeMinor: minorUnits().nullable(),
    currency: currencyCode(),
    failure: p.text().nullable(),
    createdAt: timestamp(),
    /** When the provider had reserved the sum, for methods that collect it later. */
    authorisedAt: timestamp().nullable(),
    capturedAt: timestamp().nullable(),
  },
});

/** The collection of an order's total through a payment provider. */
export class Payment extends PaymentSchema.class {
  capture(facts: { reference: string; feeMinor: bigint; at: Date }): void {
    invariant(this.state === 'PENDING', `a ${this.state} payment is not captured`);
    this.state = 'CAPTURED';
    this.providerReference = facts.reference;
    this.feeMinor = facts.feeMinor;
    this.capturedAt = facts.at;
  }

  fail(facts: { reference: string; failure: string }): void {
    invariant(this.state === 'PENDING', `a ${this.state} payment does not fail`);
    this.state = 'FAILED';
    this.providerReference = facts.reference;
    this.failure = facts.failure;
  }

  payBack(): void {
    invariant(this.state === 'CAPTURED', `a ${this.state} payment is not paid back`);
    this.state = 'REFUNDED';
  }
}
PaymentSchema.setClass(Payment);
