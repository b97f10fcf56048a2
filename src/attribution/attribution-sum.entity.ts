import { defineEntity, p } from '@mikro-orm/core';
import { CHANNELS } from '../campaigns/index.ts';
import { currencyCode, minorUnits } from '../platform/columns.ts';
import { AttributionRun } from './attribution-run.entity.ts';

export const AttributionSumSchema = defineEntity({
  name: 'AttributionSum',
  tableName: 'attribution_sums',
  properties: {
    runId: () => p.manyToOne(AttributionRun).mapToPk().name('run_id').primary(),
    /** Calendar day in UTC on which the conversions happened. */
    day: p.date().primary(),
    partnerId: p.uuid().primary(),
    channel: p.enum(CHANNELS).primary(),
    /** That of the conversions. */
    currency: currencyCode().primary(),
    /** Halves are added to halves and thirds to thirds, so that sums stay exact. */
    creditDenominator: p.bigint('bigint').primary(),
    creditNumerator: p.bigint('bigint'),
    /** Each conversion's value less refunds is split to the minor unit before it is added up. */
    valueMinor: minorUnits(),
  },
});

/**
 * What one partner's channel earned in one run of the conversions of one day. What a single touchpoint earned is not
 * kept, since nobody reads it, and seven models of every touchpoint in every run would be most of the database; it
 * follows from the events, from which it is worked out again for a sale by `creditsForOrders`.
 */
export class AttributionSum extends AttributionSumSchema.class {}
AttributionSumSchema.setClass(AttributionSum);
