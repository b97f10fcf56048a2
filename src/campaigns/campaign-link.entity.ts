import { defineEntity, p } from '@mikro-orm/core';
import { Partner } from '../partners/index.ts';
import { timestamp } from '../platform/columns.ts';
import { Campaign, CHANNELS } from './campaign.entity.ts';
import { CampaignCreative } from './campaign-creative.entity.ts';

export const CampaignLinkSchema = defineEntity({
  name: 'CampaignLink',
  tableName: 'campaign_links',
  indexes: [{ properties: ['campaignId', 'createdAt', 'id'] }],
  properties: {
    id: p.uuid().primary(),
    campaignId: () => p.manyToOne(Campaign).mapToPk().name('campaign_id'),
    /** To whom its clicks are credited. */
    partnerId: () => p.manyToOne(Partner).mapToPk().name('partner_id'),
    channel: p.enum(CHANNELS),
    creativeId: () => p.manyToOne(CampaignCreative).mapToPk().name('creative_id').nullable(),
    /** What stands in `/l/<code>`: says nothing and cannot be guessed. */
    code: p.text().unique(),
    /** Where it leads, as it was registered. */
    target: p.text(),
    /** The target with its UTM set. */
    destination: p.text(),
    /** From then on it leads nowhere; null for never. */
    expiresAt: timestamp().nullable(),
    createdBy: p.text(),
    createdAt: timestamp(),
  },
});

/** A link of one partner for one channel of a campaign. */
export class CampaignLink extends CampaignLinkSchema.class {}
CampaignLinkSchema.setClass(CampaignLink);
