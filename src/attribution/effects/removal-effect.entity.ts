import { defineEntity, p } from '@mikro-orm/core';
import { CHANNELS } from '../../campaigns/index.ts';
import { RemovalEffectVersion } from './removal-effect-version.entity.ts';

export const RemovalEffectSchema = defineEntity({
  name: 'RemovalEffect',
  tableName: 'removal_effects',
  properties: {
    versionId: () => p.manyToOne(RemovalEffectVersion).mapToPk().name('version_id').primary(),
    campaignId: p.uuid().primary(),
    partnerId: p.uuid().primary(),
    channel: p.enum(CHANNELS).primary(),
    /** Part of all conversions that would be lost, from 1 to 10^9: what has no effect has no row. */
    effectBillionths: p.integer(),
  },
});

/** What would be lost without one partner's channel in one campaign. */
export class RemovalEffect extends RemovalEffectSchema.class {}
RemovalEffectSchema.setClass(RemovalEffect);
