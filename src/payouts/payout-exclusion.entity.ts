import { defineEntity, p } from '@mikro-orm/core';
import { Partner } from '../partners/index.ts';
import { minorUnits } from '../platform/columns.ts';
import { PayoutBatch } from './payout-batch.entity.ts';
import { WITHHELD_REASONS } from './payout-verdict.ts';

export const PayoutExclusionSchema = defineEntity({
  name: 'PayoutExclusion',
  tableName: 'payout_exclusions',
  properties: {
    batchId: () =>
      p.manyToOne(PayoutBatch).mapToPk().name('batch_id').deleteRule('no action').updateRule('no action').primary(),
    partnerId: () =>
      p.manyToOne(Partner).mapToPk().name('partner_id').deleteRule('no action').updateRule('no action').primary(),
    reason: p.enum(WITHHELD_REASONS),
    /** In one sentence. */
    explanation: p.text(),
    /** Of the batch's currency; negative when the partner owes. */
    payableMinor: minorUnits(),
  },
});

/** A partner with money on its account that a batch left out, and why. Never changed. */
export class PayoutExclusion extends PayoutExclusionSchema.class {}
PayoutExclusionSchema.setClass(PayoutExclusion);
