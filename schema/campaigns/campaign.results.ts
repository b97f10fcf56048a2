import { Field, ID, ObjectType } from 'type-graphql';
import { CampaignOverError, type CampaignState } from '../../src/campaigns/index.ts';
import { mutationResult } from '../shared/mutation-result.ts';
import {
  ForbiddenFailure,
  IllegalTransitionFailure,
  InvalidInputFailure,
  UnauthenticatedFailure,
  UserError,
} from '../shared/user-error.ts';
import { CampaignStateEnum, CampaignType } from './campaign.type.ts';

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

const denied = [UnauthenticatedFailure, ForbiddenFailure] as const;

export const CreateCampaignResult = mutationResult({
  name: 'CreateCampaignResult',
  success: CreateCampaignSuccess,
  failures: [...denied, InvalidInputFailure],
});

export const ChangeCampaignResult = mutationResult({
  name: 'ChangeCampaignResult',
  success: ChangeCampaignSuccess,
  failures: [...denied, InvalidInputFailure, CampaignOverFailure, IllegalTransitionFailure],
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
