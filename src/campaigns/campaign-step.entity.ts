import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';
import { Campaign } from './campaign.entity.ts';
import { CAMPAIGN_STATES } from './campaign.state.ts';

export const CampaignStepSchema = defineEntity({
  name: 'CampaignStep',
  tableName: 'campaign_steps',
  properties: {
    id: p.uuid().primary(),
    campaignId: () => p.manyToOne(Campaign).mapToPk().name('campaign_id').index(),
    fromState: p.enum(CAMPAIGN_STATES).nullable(),
    toState: p.enum(CAMPAIGN_STATES),
    by: p.text(),
    reason: p.text(),
    at: timestamp(),
  },
});

/** One step of a campaign's lifecycle: who, when, why. Never changed. */
export class CampaignStep extends CampaignStepSchema.class {}
CampaignStepSchema.setClass(CampaignStep);
