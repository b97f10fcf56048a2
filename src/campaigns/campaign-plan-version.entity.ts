import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';
import { Campaign } from './campaign.entity.ts';

/** What of a plan partners agree on. */
export const PLAN_PARTS = ['CREATION', 'PARTNERS', 'CONTENTS', 'CHANNELS', 'DATES', 'BUDGET'] as const;
export type PlanPart = (typeof PLAN_PARTS)[number];

export const CampaignPlanVersionSchema = defineEntity({
  name: 'CampaignPlanVersion',
  tableName: 'campaign_plan_versions',
  properties: {
    campaignId: () =>
      p.manyToOne(Campaign).mapToPk().name('campaign_id').deleteRule('no action').updateRule('no action').primary(),
    number: p.integer().primary(),
    /** What is new in it. */
    parts: p.array().$type<PlanPart[]>(),
    by: p.text(),
    at: timestamp(),
  },
});

/** One version of what the partners of a campaign agree on: who changed what, and when. Never changed itself. */
export class CampaignPlanVersion extends CampaignPlanVersionSchema.class {}
CampaignPlanVersionSchema.setClass(CampaignPlanVersion);
