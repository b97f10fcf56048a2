import { defineEntity, p } from '@mikro-orm/core';
import { Partner } from '../partners/index.ts';
import { currencyCode, minorUnits, timestamp } from '../platform/columns.ts';
import { assertTransition } from '../shared/lifecycle.ts';
import { CAMPAIGN_STATES, type CampaignState, campaignLifecycle } from './campaign.state.ts';

export const CHANNELS = ['EMAIL', 'SOCIAL', 'SMS', 'PUSH', 'SEARCH', 'DISPLAY', 'PARTNER_SITE', 'OFFLINE'] as const;
export type Channel = (typeof CHANNELS)[number];

export const CampaignSchema = defineEntity({
  name: 'Campaign',
  tableName: 'campaigns',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    description: p.text(),
    goal: p.text(),
    state: p.enum(CAMPAIGN_STATES),
    leadPartnerId: () => p.manyToOne(Partner).mapToPk().name('lead_partner_id').index(),
    channels: p.array().$type<Channel[]>(),
    currency: currencyCode(),
    budgetMinor: minorUnits(),
    /** Number of the plan as it stands: raised by every change that partners must agree on. */
    planVersion: p.integer().default(1),
    /** A click or visit earns credit for conversions at most this long after it. */
    attributionWindowDays: p.smallint(),
    /** An impression earns credit for conversions at most this long after it; 0 for none. */
    viewWindowDays: p.smallint(),
    startsAt: timestamp(),
    endsAt: timestamp(),
    createdAt: timestamp(),
  },
});

/** A joint, cross-domain campaign. */
export class Campaign extends CampaignSchema.class {
  /** @throws IllegalTransitionError when the lifecycle has no such step. */
  moveTo(state: CampaignState): void {
    assertTransition('campaign', campaignLifecycle, { from: this.state, to: state });
    this.state = state;
  }
}
CampaignSchema.setClass(Campaign);
