import { defineEntity, p } from '@mikro-orm/core';
import { currencyCode, minorUnits, timestamp } from '../platform/columns.ts';
import { assertTransition } from '../shared/lifecycle.ts';
import { PAYOUT_BATCH_STATES, type PayoutBatchState, payoutBatchLifecycle } from './payout.state.ts';

export const PayoutBatchSchema = defineEntity({
  name: 'PayoutBatch',
  tableName: 'payout_batches',
  uniques: [{ properties: ['createdBy', 'idempotencyKey'] }],
  indexes: [{ properties: ['createdAt', 'id'] }],
  properties: {
    id: p.uuid().primary(),
    currency: currencyCode(),
    /** What was available by then is paid. */
    cutOffAt: timestamp(),
    state: p.enum(PAYOUT_BATCH_STATES),
    payoutCount: p.integer(),
    totalMinor: minorUnits(),
    createdBy: p.text(),
    createdAt: timestamp(),
    idempotencyKey: p.text(),
    inputHash: p.text(),
    /** Of the payout file, in hexadecimal; from the approval on. */
    fileSha256: p.text().nullable(),
  },
});

/** Payouts of one currency that are approved, sent and answered for together. */
export class PayoutBatch extends PayoutBatchSchema.class {
  /** @throws IllegalTransitionError when the lifecycle has no such step. */
  moveTo(state: PayoutBatchState): void {
    assertTransition('payout batch', payoutBatchLifecycle, { from: this.state, to: state });
    this.state = state;
  }
}
PayoutBatchSchema.setClass(PayoutBatch);
