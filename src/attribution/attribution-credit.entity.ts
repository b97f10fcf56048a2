import { defineEntity, p } from '@mikro-orm/core';
import { CHANNELS } from '../campaigns/index.ts';
import { currencyCode, minorUnits } from '../platform/columns.ts';
import { AttributionRun } from './attribution-run.entity.ts';

export const AttributionCreditSchema = defineEntity({
  name: 'AttributionCredit',
  tableName: 'attribution_credits',
  properties: {
    runId: () => p.manyToOne(AttributionRun).mapToPk().name('run_id').primary(),
    conversionId: p.uuid().primary(),
    touchpointId: p.uuid().primary(),
    partnerId: p.uuid(),
    channel: p.enum(CHANNELS),
    /** The share of the conversion that this touchpoint earned, an exact fraction in lowest terms. */
    creditNumerator: p.bigint('bigint'),
    creditDenominator: p.bigint('bigint'),
    /** The share in money, rounded so that the shares of one conversion sum to its value less refunds. */
    valueMinor: minorUnits(),
    currency: currencyCode(),
  },
});

/** What one touchpoint earned of one conversion in one run. */
export class AttributionCredit extends AttributionCreditSchema.class {}
AttributionCreditSchema.setClass(AttributionCredit);
