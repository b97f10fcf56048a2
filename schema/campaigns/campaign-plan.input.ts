import { Field, ID, InputType, Int } from 'type-graphql';
import type { Channel } from '../../src/campaigns/index.ts';
import { MinorUnits } from '../shared/minor-units.scalar.ts';
import { ChannelEnum } from './campaign.type.ts';

@InputType('ChangeCampaignPlanInput', { description: 'New channels or dates of a campaign; what is absent stays.' })
export class ChangeCampaignPlanInputType {
  @Field(() => ID, { description: 'The campaign.' })
  readonly campaignId: string;

  @Field(() => [ChannelEnum], { nullable: true, description: 'All channels that it is to use, at least one.' })
  readonly channels?: Channel[] | null;

  @Field(() => Date, { nullable: true, description: 'Planned start.' })
  readonly startsAt?: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Planned end; once the campaign is put forward, within the contracts and licences of all.',
  })
  readonly endsAt?: Date | null;
}

@InputType('CampaignBudgetShareInput', { description: "A partner's share of a campaign's budget." })
export class CampaignBudgetShareInputType {
  @Field(() => ID, { description: 'A partner that takes part.' })
  readonly partnerId: string;

  @Field(() => MinorUnits, { description: 'What it pays, in minor units of the currency of the campaign.' })
  readonly amountMinor: bigint;
}

@InputType('SetCampaignBudgetInput', { description: 'What a campaign may cost, and who pays what of it.' })
export class SetCampaignBudgetInputType {
  @Field(() => ID, { description: 'The campaign.' })
  readonly campaignId: string;

  @Field(() => MinorUnits, { description: 'What it may cost, in minor units of its currency.' })
  readonly budgetMinor: bigint;

  @Field(() => [CampaignBudgetShareInputType], {
    description: 'Who pays what: they sum to the budget. None: the lead pays all.',
  })
  readonly shares: CampaignBudgetShareInputType[];
}

@InputType('ApproveCampaignInput', { description: "A partner's approval of a campaign's plan." })
export class ApproveCampaignInputType {
  @Field(() => ID, { description: 'The campaign.' })
  readonly campaignId: string;

  @Field(() => ID, { description: 'The partner that approves: one where the viewer is an owner or manager.' })
  readonly partnerId: string;

  @Field(() => Int, { description: 'Number of the plan that was read: `planVersion` of the campaign.' })
  readonly planVersion: number;
}
