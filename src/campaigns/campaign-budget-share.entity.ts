import { defineEntity, p } from '@mikro-orm/core';
import { Partner } from '../partners/index.ts';
import { minorUnits } from '../platform/columns.ts';
import { Campaign } from './campaign.entity.ts';

export const CampaignBudgetShareSchema = defineEntity({
  name: 'CampaignBudgetShare',
  tableName: 'campaign_budget_shares',
  checks: [{ name: 'campaign_budget_shares_amount_check', expression: 'amount_minor >= 0' }],
  properties: {
    campaignId: () =>
      p.manyToOne(Campaign).mapToPk().name('campaign_id').deleteRule('no action').updateRule('no action').primary(),
    partnerId: () =>
      p.manyToOne(Partner).mapToPk().name('partner_id').deleteRule('no action').updateRule('no action').primary(),
    /** In the campaign's currency. Those of a campaign sum to its budget; where there are none the lead pays all. */
    amountMinor: minorUnits(),
  },
});

/** What one partner pays of a campaign's budget. */
export class CampaignBudgetShare extends CampaignBudgetShareSchema.class {}
CampaignBudgetShareSchema.setClass(CampaignBudgetShare);
