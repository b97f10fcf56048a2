import { defineEntity, p } from '@mikro-orm/core';
import { Partner } from '../partners/index.ts';
import { minorUnits } from '../platform/columns.ts';
import { Campaign, CHANNELS } from './campaign.entity.ts';

export const CampaignCostSchema = defineEntity({
  name: 'CampaignCost',
  tableName: 'campaign_costs',
  uniques: [{ properties: ['campaignId', 'partnerId', 'channel', 'day'] }],
  properties: {
    id: p.uuid().primary(),
    campaignId: () => p.manyToOne(Campaign).mapToPk().name('campaign_id'),
    /** Who spent it. */
    partnerId: () => p.manyToOne(Partner).mapToPk().name('partner_id'),
    channel: p.enum(CHANNELS),
    /** Calendar day in UTC, `2026-10-31`. */
    day: p.date(),
    /** In the campaign's currency. */
    costMinor: minorUnits(),
  },
});

/** What one partner spent on one channel of a campaign on one day. */
export class CampaignCost extends CampaignCostSchema.class {}
CampaignCostSchema.setClass(CampaignCost);
