import { defineEntity, p } from '@mikro-orm/core';
import { Content } from '../content/index.ts';
import { Campaign } from './campaign.entity.ts';

export const CampaignContentSchema = defineEntity({
  name: 'CampaignContent',
  tableName: 'campaign_contents',
  properties: {
    campaignId: () => p.manyToOne(Campaign).mapToPk().name('campaign_id').primary(),
    contentId: () => p.manyToOne(Content).mapToPk().name('content_id').primary(),
  },
});

/** A content that a campaign promotes. */
export class CampaignContent extends CampaignContentSchema.class {}
CampaignContentSchema.setClass(CampaignContent);
