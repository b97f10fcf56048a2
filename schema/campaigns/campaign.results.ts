import { Field, ID, Int, ObjectType } from 'type-graphql';
import {
  CampaignNotReadyError,
  CampaignOverError,
  type CampaignState,
  CampaignStateError,
  type LaunchBlocker,
  PlanChangedError,
} from '../../src/campaigns/index.ts';
import { mutationResult } from '../shared/mutation-result.ts';
import {
  ForbiddenFailure,
  IllegalTransitionFailure,
  InvalidInputFailure,
  UnauthenticatedFailure,
  UserError,
} from '../shared/user-error.ts';
import { CampaignStateEnum, CampaignType } from './campaign.type.ts';
import { LaunchBlockerType, toLaunchBlocker } from './campaign-plan.type.ts';

@ObjectType('CreateCampaignSuccess', { description: 'The campaign is made, in state DRAFT.', simpleResolvers: true })
export class CreateCampaignSuccess {
  @Field(() => CampaignType, { description: 'The campaign.' })
  readonly campaign: CampaignType;
}

@ObjectType('ChangeCampaignSuccess', { description: 'The campaign has changed.', simpleResolvers: true })
export class ChangeCampaignSuccess {
  @Field(() => CampaignType, { description: 'The campaign as it is now.' })
  readonly campaign: CampaignType;
}

@ObjectType('RecordCampaignCostSuccess', { description: 'The cost is kept.', simpleResolvers: true })
export class RecordCampaignCostSuccess {
  @Field(() => ID, { description: 'The campaign, whose figures follow soon.' })
  readonly campaignId: string;
}

@ObjectType('RefreshCampaignSuccess', {
  description: 'The figures and the credit are being worked out; job(id) tells how far.',
  simpleResolvers: true,
})
export class RefreshCampaignSuccess {
  @Field(() => ID, { description: 'The job that works out the daily figures.' })
  readonly metricsJobId: string;

  @Field(() => ID, { description: 'The job that works out the credit.' })
  readonly attributionJobId: string;
}

@ObjectType('CampaignOverError', { implements: UserError, description: 'The campaign has run and stays as it was.' })
export class CampaignOverFailure extends UserError {
  static readonly source = CampaignOverError;

  @Field(() => CampaignStateEnum, { description: 'Where it stands.' })
  readonly state: CampaignState;
}

@ObjectType('CampaignStateError', { implements: UserError, description: 'It is not the time for this.' })
export class CampaignStateFailure extends UserError {
  static readonly source = CampaignStateError;

  @Field(() => CampaignStateEnum, { description: 'Where the campaign stands.' })
  readonly state: CampaignState;
}

@ObjectType('CampaignNotReadyError', {
  implements: UserError,
  description: 'Something is missing before the campaign may run, or run until its end.',
})
export class CampaignNotReadyFailure extends UserError {
  static readonly source = CampaignNotReadyError;

  /** From the error; not part of the API. */
  readonly missing: readonly LaunchBlocker[];

  @Field(() => [LaunchBlockerType], { description: 'Everything that is missing.' })
  blockers(): LaunchBlockerType[] {
    return this.missing.map(toLaunchBlocker);
  }
}

@ObjectType('PlanChangedError', { implements: UserError, description: 'The plan has changed since it was read.' })
export class PlanChangedFailure extends UserError {
  static readonly source = PlanChangedError;

  @Field(() => Int, { description: 'Number of the plan as it stands.' })
  readonly planVersion: number;
}

const denied = [UnauthenticatedFailure, ForbiddenFailure] as const;

export const CreateCampaignResult = mutationResult({
  name: 'CreateCampaignResult',
  success: CreateCampaignSuccess,
  failures: [...denied, InvalidInputFailure],
});

export const ChangeCampaignResult = mutationResult({
  name: 'ChangeCampaignResult',
  success: ChangeCampaignSuccess,
  failures: [
    ...denied,
    InvalidInputFailure,
    CampaignOverFailure,
    CampaignStateFailure,
    CampaignNotReadyFailure,
    IllegalTransitionFailure,
  ],
});

export const ApproveCampaignResult = mutationResult({
  name: 'ApproveCampaignResult',
  success: ChangeCampaignSuccess,
  failures: [...denied, InvalidInputFailure, CampaignStateFailure, PlanChangedFailure],
});

export const RecordCampaignCostResult = mutationResult({
  name: 'RecordCampaignCostResult',
  success: RecordCampaignCostSuccess,
  failures: [...denied, InvalidInputFailure],
});

export const RefreshCampaignResult = mutationResult({
  name: 'RefreshCampaignResult',
  success: RefreshCampaignSuccess,
  failures: [...denied, InvalidInputFailure],
});
