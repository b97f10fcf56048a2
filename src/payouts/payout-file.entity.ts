import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';
import { PayoutBatch } from './payout-batch.entity.ts';

export const PayoutFileSchema = defineEntity({
  name: 'PayoutFile',
  tableName: 'payout_files',
  properties: {
    batchId: () =>
      p.manyToOne(PayoutBatch).mapToPk().name('batch_id').deleteRule('no action').updateRule('no action').primary(),
    /** CSV, as it is downloaded to the byte. */
    content: p.text(),
    createdAt: timestamp(),
  },
});

/** What was approved, as the bank gets it. Kept, so that every download has the bytes whose digest is recorded. */
export class PayoutFile extends PayoutFileSchema.class {}
PayoutFileSchema.setClass(PayoutFile);
