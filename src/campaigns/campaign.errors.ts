import { DomainError } from '../shared/domain-error.ts';
import type { CampaignState } from './campaign.state.ts';
import type { LaunchBlocker } from './launch-blockers.queries.ts';

/** The campaign has run: who and what took part in it is history. */
export class CampaignOverError extends DomainError {
  readonly code = 'CAMPAIGN_OVER';
  readonly state: CampaignState;

  constructor(state: CampaignState) {
    super(`The campaign is ${state}: who and what takes part in it can no longer change.`);
    this.state = state;
  }
}

/** What was asked for has its time, and this is not it. */
export class CampaignStateError extends DomainError {
  readonly code = 'CAMPAIGN_STATE';
  readonly state: CampaignState;

  constructor(state: CampaignState, message: string) {
    super(message);
    this.state = state;
  }
}

/** Somebody approves a plan that has changed since they read it. */
export class PlanChangedError extends DomainError {
  readonly code = 'PLAN_CHANGED';
  readonly planVersion: number;

  constructor(planVersion: number) {
    super(`The plan has changed: version ${planVersion} is the one to approve.`);
    this.planVersion = planVersion;
  }
}

/** Something is missing before the campaign may run, or run until its end. */
export class CampaignNotReadyError extends DomainError {
  readonly code = 'CAMPAIGN_NOT_READY';
  readonly missing: readonly LaunchBlocker[];

  constructor(blockers: readonly LaunchBlocker[]) {
    super(`The campaign is not ready. ${blockers.map(({ message }) => message).join(' ')}`);
    this.missing = blockers;
  }
}
