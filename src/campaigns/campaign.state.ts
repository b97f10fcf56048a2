import type { Lifecycle } from '../shared/lifecycle.ts';

export const CAMPAIGN_STATES = ['DRAFT', 'PLANNED', 'LIVE', 'PAUSED', 'ENDED', 'SETTLED'] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

export const campaignLifecycle: Lifecycle<CampaignState> = {
  DRAFT: ['PLANNED'],
  PLANNED: ['LIVE', 'DRAFT'],
  LIVE: ['PAUSED', 'ENDED'],
  PAUSED: ['LIVE', 'ENDED'],
  ENDED: ['SETTLED'],
  SETTLED: [],
};
