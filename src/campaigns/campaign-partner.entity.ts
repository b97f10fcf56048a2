import { defineEntity, p } from '@mikro-orm/core';
import { Partner } from '../partners/index.ts';
import { Campaign } from './campaign.entity.ts';

export const CAMPAIGN_ROLES = ['LEAD', 'CONTENT', 'AUDIENCE', 'CHANNEL', 'SPONSOR'] as const;
export type CampaignRole = (typeof CAMPAIGN_ROLES)[number];

export const CampaignPartnerSchema = defineEntity({
  name: 'CampaignPartner',
  tableName: 'campaign_partners',
  uniques: [{ properties: ['campaignId', 'partnerId'] }],
  properties: {
    id: p.uuid().primary(),
    campaignId: () => p.manyToOne(Campaign).mapToPk().name('campaign_id'),
    partnerId: () => p.manyToOne(Partner).mapToPk().name('partner_id').index(),
    role: p.enum(CAMPAIGN_ROLES),
  },
});

/** A partner's part in a campaign. */
export class CampaignPartner extends CampaignPartnerSchema.class {}
CampaignPartnerSchema.setClass(CampaignPartner);
