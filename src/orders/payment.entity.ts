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

/**
 * The collection of an order's total through a payment provider. Notices come in any order, so each says whether it
 * changed anything: a capture counts whatever came before it, since then the money is here; a failure counts unless
 * there was a capture; a reservation counts unless there was either.
 */
export class Payment extends PaymentSchema.class {
  wasCaptured(): boolean {
    return Boolean(this.capturedAt);
  }

  /** When it was reserved is kept, also where the notice comes late. */
  authorise(facts: { reference: string; at: Date }): boolean {
    if (this.authorisedAt) return false;
    this.authorisedAt = facts.at;
    this.providerReference ??= facts.reference;
    if (this.state !== 'PENDING') return false;
    this.state = 'AUTHORISED';
    return true;
  }

  capture(facts: { reference: string; feeMinor: bigint; at: Date }): boolean {
    if (this.wasCaptured()) return false;
    this.state = 'CAPTURED';
    this.providerReference = facts.reference;
    this.feeMinor = facts.feeMinor;
    this.capturedAt = facts.at;
    this.failure = null;
    return true;
  }

  /** @param facts `reference`: null when nobody asked the provider, or it did not answer */
  fail(facts: { reference: string | null; failure: string }): boolean {
    if (this.wasCaptured() || this.state === 'FAILED') return false;
    this.state = 'FAILED';
    this.providerReference ??= facts.reference;
    this.failure = facts.failure;
    return true;
  }

  /** Says whether all of it is back with the buyer. */
  standAt(allBackAt: Date | null): void {
    invariant(this.wasCaptured(), 'only a captured payment goes back');
    this.state = allBackAt ? 'REFUNDED' : 'CAPTURED';
  }
}
PaymentSchema.setClass(Payment);
