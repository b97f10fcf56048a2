import { defineEntity, p } from '@mikro-orm/core';
import { minorUnits, timestamp } from '../platform/columns.ts';
import { Order } from './order.entity.ts';

export const REFUND_STATES = ['REQUESTED', 'SUCCEEDED', 'FAILED'] as const;
export type RefundState = (typeof REFUND_STATES)[number];

export const RefundSchema = defineEntity({
  name: 'Refund',
  tableName: 'refunds',
  uniques: [{ properties: ['orderId', 'idempotencyKey'] }],
  properties: {
    id: p.uuid().primary(),
    orderId: () => p.manyToOne(Order).mapToPk().name('order_id'),
    amountMinor: minorUnits(),
    /** The sum in the request; absent when all that was left was asked for. */
    askedMinor: minorUnits().nullable(),
    reason: p.text(),
    state: p.enum(REFUND_STATES),
    idempotencyKey: p.text(),
    providerReference: p.text().nullable().unique(),
    failure: p.text().nullable(),
    requestedBy: p.text(),
    requestedAt: timestamp(),
    /** When it was handed to the provider, or was about to be: from then on it can only be awaited. */
    sentAt: timestamp().nullable(),
    settledAt: timestamp().nullable(),
  },
});

/** Money that goes back to the learner: all of a payment, or a part of it. */
export class Refund extends RefundSchema.class {
  /** Counts even after a failure: what the provider paid back is gone. @returns whether it changed anything */
  succeed(facts: { reference: string; at: Date }): boolean {
    if (this.state === 'SUCCEEDED') return false;
    this.state = 'SUCCEEDED';
    this.providerReference = facts.reference;
    this.settledAt = facts.at;
    this.failure = null;
    return true;
  }

  /**
   * @param facts `reference`: null when the provider was not asked
   * @returns whether it changed anything
   */
  fail(facts: { reference: string | null; failure: string }): boolean {
    if (this.state !== 'REQUESTED') return false;
    this.state = 'FAILED';
    this.providerReference ??= facts.reference;
    this.failure = facts.failure;
    return true;
  }
}
RefundSchema.setClass(Refund);
