import { defineEntity, p } from '@mikro-orm/core';
import { Campaign } from '../campaigns/index.ts';
import { ATTRIBUTION_MODEL_NAMES } from '../math/attribution/index.ts';
import { timestamp } from '../platform/columns.ts';

export const AttributionRunSchema = defineEntity({
  name: 'AttributionRun',
  tableName: 'attribution_runs',
  uniques: [{ properties: ['campaignId', 'model', 'number'] }],
  properties: {
    id: p.uuid().primary(),
    campaignId: () => p.manyToOne(Campaign).mapToPk().name('campaign_id'),
    model: p.enum(ATTRIBUTION_MODEL_NAMES),
    /** 1, 2, 3, ... within campaign and model: the highest is the current one. */
    number: p.integer(),
    /** SHA-256 over the conversions and touchpoints that went in, and the options. */
    inputDigest: p.text(),
    conversions: p.integer(),
    /** The version of removal effects that it shared by; absent for models that learn nothing. */
    effectsVersion: p.integer().nullable(),
    computedAt: timestamp(),
  },
});

/** One computation of a campaign's credit. Never changed: new events make a new run. */
export class AttributionRun extends AttributionRunSchema.class {}
AttributionRunSchema.setClass(AttributionRun);
