import { defineEntity, p } from '@mikro-orm/core';
import { minorUnits, timestamp } from '../platform/columns.ts';
import { invariant } from '../shared/invariant.ts';
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

/** Money that goes back to the learner. */
export class Refund extends RefundSchema.class {
  succeed(facts: { reference: string; at: Date }): void {
    invariant(this.state === 'REQUESTED', `a ${this.state} refund does not succeed`);
    this.state = 'SUCCEEDED';
    this.providerReference = facts.reference;
    this.settledAt = facts.at;
  }

  fail(facts: { reference: string; failure: string }): void {
    invariant(this.state === 'REQUESTED', `a ${this.state} refund does not fail`);
    this.state = 'FAILED';
    this.providerReference = facts.reference;
    this.failure = facts.failure;
  }
}
RefundSchema.setClass(Refund);
