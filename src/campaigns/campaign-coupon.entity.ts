import { defineEntity, p } from '@mikro-orm/core';
import { Partner } from '../partners/index.ts';
import { timestamp } from '../platform/columns.ts';
import { Campaign, CHANNELS } from './campaign.entity.ts';

export const CampaignCouponSchema = defineEntity({
  name: 'CampaignCoupon',
  tableName: 'campaign_coupons',
  checks: [{ name: 'campaign_coupons_uses_check', expression: 'max_uses > 0' }],
  indexes: [{ properties: ['campaignId', 'createdAt', 'id'] }],
  properties: {
    id: p.uuid().primary(),
    campaignId: () => p.manyToOne(Campaign).mapToPk().name('campaign_id'),
    /** To whom orders that name it are credited. */
    partnerId: () => p.manyToOne(Partner).mapToPk().name('partner_id'),
    channel: p.enum(CHANNELS),
    /** Upper case, and unique over all campaigns: an order names nothing but the code. */
    code: p.text().unique(),
    validFrom: timestamp(),
    /** From then on it is worth nothing; null for the end of the campaign. */
    validUntil: timestamp().nullable(),
    /** How many orders may name it; null for any number. */
    maxUses: p.integer().nullable(),
    createdBy: p.text(),
    createdAt: timestamp(),
  },
});

/** A code by which an order says which partner brought the buyer, and through what. It makes nothing cheaper. */
export class CampaignCoupon extends CampaignCouponSchema.class {}
CampaignCouponSchema.setClass(CampaignCoupon);
