import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';
import { PAYOUT_BATCH_STATES } from './payout.state.ts';
import { PayoutBatch } from './payout-batch.entity.ts';

export const PayoutBatchStepSchema = defineEntity({
  name: 'PayoutBatchStep',
  tableName: 'payout_batch_steps',
  properties: {
    id: p.uuid().primary(),
    batchId: () => p.manyToOne(PayoutBatch).mapToPk().name('batch_id').index(),
    fromState: p.enum(PAYOUT_BATCH_STATES).nullable(),
    toState: p.enum(PAYOUT_BATCH_STATES),
    by: p.text(),
    reason: p.text(),
    at: timestamp(),
  },
});

/** One step of a batch's lifecycle: who, when, why. Never changed. */
export class PayoutBatchStep extends PayoutBatchStepSchema.class {}
PayoutBatchStepSchema.setClass(PayoutBatchStep);
