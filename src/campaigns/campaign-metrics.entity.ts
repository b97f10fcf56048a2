import { defineEntity, p } from '@mikro-orm/core';
import { minorUnits } from '../platform/columns.ts';
import { CHANNELS } from './campaign.entity.ts';

export const CampaignMetricsSchema = defineEntity({
  name: 'CampaignMetrics',
  tableName: 'campaign_metrics_daily',
  properties: {
    campaignId: p.uuid().primary(),
    /** Calendar day in UTC, `2026-10-31`. */
    day: p.date().primary(),
    partnerId: p.uuid().primary(),
    channel: p.enum(CHANNELS).primary(),
    impressions: p.integer(),
    clicks: p.integer(),
    registrations: p.integer(),
    purchases: p.integer(),
    /** In the campaign's currency, refunds not yet taken off. */
    revenueMinor: minorUnits(),
    refundedMinor: minorUnits(),
    costMinor: minorUnits(),
  },
});

/** What one partner's channel brought a campaign on one day. Conversions count by last touch. A roll-up: never typed in. */
export class CampaignMetrics extends CampaignMetricsSchema.class {}
CampaignMetricsSchema.setClass(CampaignMetrics);
