import { Field, ID, InputType, Int } from 'type-graphql';
import {
  type CampaignRole,
  type CampaignState,
  type Channel,
  MAX_CONTENTS,
  MAX_WINDOW_DAYS,
} from '../../src/campaigns/index.ts';
import { MinorUnits } from '../shared/minor-units.scalar.ts';
import { CampaignRoleEnum, CampaignStateEnum, ChannelEnum } from './campaign.type.ts';

@InputType('CampaignPartnerInput', { description: "A partner's part in a campaign." })
export class CampaignPartnerInputType {
  @Field(() => ID, { description: 'An active partner.' })
  readonly partnerId: string;

  @Field(() => CampaignRoleEnum, { description: 'What it brings; not LEAD.' })
  readonly role: CampaignRole;
}

@InputType('CreateCampaignInput', { description: 'A new joint campaign.' })
export class CreateCampaignInputType {
  @Field(() => ID, { description: 'The partner that leads it: one where the viewer is an owner or manager.' })
  readonly leadPartnerId: string;

  @Field(() => String, { description: 'Name, up to 120 characters.' })
  readonly name: string;

  @Field(() => String, { description: 'What it is about, up to 4000 characters.' })
  readonly description: string;

  @Field(() => String, { description: 'What it is to reach, up to 500 characters.' })
  readonly goal: string;

  @Field(() => [ChannelEnum], { description: 'Channels that it uses, at least one.' })
  readonly channels: Channel[];

  @Field(() => String, { description: 'Currency of its budget and figures, ISO 4217.' })
  readonly currency: string;

  @Field(() => MinorUnits, { description: 'What it may cost, in minor units of the currency.' })
  readonly budgetMinor: bigint;

  @Field(() => Int, {
    defaultValue: 30,
    description: `Days in which a click or visit earns credit, from 1 to ${MAX_WINDOW_DAYS}.`,
  })
  readonly attributionWindowDays: number;

  @Field(() => Int, {
    defaultValue: 1,
    description: 'Days in which an impression earns credit, from 0 (never) to `attributionWindowDays`.',
  })
  readonly viewWindowDays: number;

  @Field(() => Date, { description: 'Planned start.' })
  readonly startsAt: Date;

  @Field(() => Date, { description: 'Planned end.' })
  readonly endsAt: Date;

  @Field(() => [CampaignPartnerInputType], { defaultValue: [], description: 'Partners beside the lead.' })
  readonly partners: CampaignPartnerInputType[];

  @Field(() => [ID], {
    defaultValue: [],
    description: `Contents of these partners that it promotes, at most ${MAX_CONTENTS}.`,
  })
  readonly contentIds: string[];
}

@InputType('AddCampaignPartnerInput', { description: 'One more partner for a campaign.' })
export class AddCampaignPartnerInputType {
  @Field(() => ID, { description: 'The campaign.' })
  readonly campaignId: string;

  @Field(() => ID, { description: 'An active partner that does not take part yet.' })
  readonly partnerId: string;

  @Field(() => CampaignRoleEnum, { description: 'What it brings; not LEAD.' })
  readonly role: CampaignRole;
}

@InputType('AddCampaignContentsInput', { description: 'More contents for a campaign.' })
export class AddCampaignContentsInputType {
  @Field(() => ID, { description: 'The campaign.' })
  readonly campaignId: string;

  @Field(() => [ID], { description: 'Contents of participating partners.' })
  readonly contentIds: string[];
}

@InputType('TransitionCampaignInput', { description: "A step of a campaign's lifecycle." })
export class TransitionCampaignInputType {
  @Field(() => ID, { description: 'The campaign.' })
  readonly campaignId: string;

  @Field(() => CampaignStateEnum, { description: 'State to move to.' })
  readonly to: CampaignState;

  @Field(() => String, { description: 'Why, up to 500 characters. Kept for good.' })
  readonly reason: string;
}

@InputType('RecordCampaignCostInput', { description: 'What a partner spent on a channel of a campaign on one day.' })
export class RecordCampaignCostInputType {
  @Field(() => ID, { description: 'The campaign.' })
  readonly campaignId: string;

  @Field(() => ID, { description: 'The partner that spent it.' })
  readonly partnerId: string;

  @Field(() => ChannelEnum, { description: 'One of the channels of the campaign.' })
  readonly channel: Channel;

  @Field(() => String, { description: 'The day in UTC: "2026-10-31".' })
  readonly day: string;

  @Field(() => MinorUnits, {
    description: 'All that was spent that day, in minor units of the currency of the campaign. A later word stands.',
  })
  readonly costMinor: bigint;
}
