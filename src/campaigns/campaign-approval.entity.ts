import { defineEntity, p } from '@mikro-orm/core';
import { Partner } from '../partners/index.ts';
import { timestamp } from '../platform/columns.ts';
import { Campaign } from './campaign.entity.ts';

export const CampaignApprovalSchema = defineEntity({
  name: 'CampaignApproval',
  tableName: 'campaign_approvals',
  uniques: [{ properties: ['campaignId', 'partnerId', 'planVersion'] }],
  properties: {
    id: p.uuid().primary(),
    campaignId: () => p.manyToOne(Campaign).mapToPk().name('campaign_id'),
    partnerId: () => p.manyToOne(Partner).mapToPk().name('partner_id'),
    /** That which was approved: it counts as long as the plan stays at it. */
    planVersion: p.integer(),
    by: p.text(),
    at: timestamp(),
  },
});

/** A partner's word that it takes part in a campaign as planned. Never changed. */
export class CampaignApproval extends CampaignApprovalSchema.class {}
CampaignApprovalSchema.setClass(CampaignApproval);
