import { defineEntity, p } from '@mikro-orm/core';
import { Partner } from '../partners/index.ts';
import { timestamp } from '../platform/columns.ts';
import { assertTransition } from '../shared/lifecycle.ts';
import { Campaign, CHANNELS } from './campaign.entity.ts';
import { CREATIVE_STATES, type CreativeState, creativeLifecycle } from './campaign-creative.state.ts';

export const CampaignCreativeSchema = defineEntity({
  name: 'CampaignCreative',
  tableName: 'campaign_creatives',
  indexes: [{ properties: ['campaignId', 'createdAt', 'id'] }],
  properties: {
    id: p.uuid().primary(),
    campaignId: () => p.manyToOne(Campaign).mapToPk().name('campaign_id'),
    /** Who made it. */
    partnerId: () => p.manyToOne(Partner).mapToPk().name('partner_id'),
    channel: p.enum(CHANNELS),
    /** BCP 47. */
    language: p.text(),
    title: p.text(),
    body: p.text(),
    imageUrl: p.text().nullable(),
    state: p.enum(CREATIVE_STATES),
    createdBy: p.text(),
    createdAt: timestamp(),
  },
});

/** What a channel of a campaign shows to people. */
export class CampaignCreative extends CampaignCreativeSchema.class {
  /** @throws IllegalTransitionError when the lifecycle has no such step. */
  moveTo(state: CreativeState): void {
    assertTransition('creative', creativeLifecycle, { from: this.state, to: state });
    this.state = state;
  }
}
CampaignCreativeSchema.setClass(CampaignCreative);
