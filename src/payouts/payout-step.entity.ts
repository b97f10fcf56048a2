import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';
import { Payout } from './payout.entity.ts';
import { PAYOUT_STATES } from './payout.state.ts';

export const PayoutStepSchema = defineEntity({
  name: 'PayoutStep',
  tableName: 'payout_steps',
  uniques: [{ properties: ['by', 'idempotencyKey'] }],
  properties: {
    id: p.uuid().primary(),
    payoutId: () => p.manyToOne(Payout).mapToPk().name('payout_id').index(),
    fromState: p.enum(PAYOUT_STATES).nullable(),
    toState: p.enum(PAYOUT_STATES),
    by: p.text(),
    reason: p.text(),
    /** How the bank names it, where it answered. */
    reference: p.text().nullable(),
    /** With the bank's answers only: the same key is the same answer. */
    idempotencyKey: p.text().nullable(),
    inputHash: p.text().nullable(),
    at: timestamp(),
  },
});

/** One step of a payout's lifecycle: who, when, why. Never changed. */
export class PayoutStep extends PayoutStepSchema.class {}
PayoutStepSchema.setClass(PayoutStep);
