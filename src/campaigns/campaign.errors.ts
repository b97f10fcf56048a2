import { DomainError } from '../shared/domain-error.ts';
import type { CampaignState } from './campaign.state.ts';

/** The campaign has run: who and what took part in it is history. */
export class CampaignOverError extends DomainError {
  readonly code = 'CAMPAIGN_OVER';
  readonly state: CampaignState;

  constructor(state: CampaignState) {
    super(`The campaign is ${state}: who and what takes part in it can no longer change.`);
    this.state = state;
  }
}
