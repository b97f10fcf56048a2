import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { type Channel, CREATIVE_STATES, type CreativeRow, type CreativeState } from '../../src/campaigns/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { enumOf } from '../shared/enum.ts';
import { mutationResult } from '../shared/mutation-result.ts';
import {
  ForbiddenFailure,
  IllegalTransitionFailure,
  InvalidInputFailure,
  UnauthenticatedFailure,
} from '../shared/user-error.ts';
import { CampaignOverFailure } from './campaign.results.ts';
import { ChannelEnum } from './campaign.type.ts';

export const CreativeStateEnum = enumOf(CREATIVE_STATES);
registerEnumType(CreativeStateEnum, {
  name: 'CampaignCreativeState',
  description: 'Where a creative stands. Only a DRAFT is rewritten: what people saw stays as it was.',
});

@ObjectType('CampaignCreative', { description: 'What a channel of a campaign shows to people.' })
export class CampaignCreativeType {
  /** Not part of the API. */
  readonly partnerId: string;

  @Field(() => ID, { description: 'Identifier of the creative.' })
  readonly id: string;

  @Field(() => ChannelEnum, { description: 'The channel that it is made for.' })
  readonly channel: Channel;

  @Field(() => String, { description: 'Language, BCP 47.' })
  readonly language: string;

  @Field(() => String, { description: 'Title.' })
  readonly title: string;

  @Field(() => String, { description: 'Text; may be empty.' })
  readonly body: string;

  @Field(() => String, { nullable: true, description: 'Address of an image, https.' })
  readonly imageUrl: string | null;

  @Field(() => CreativeStateEnum, { description: 'Where it stands.' })
  readonly state: CreativeState;

  @Field(() => Date, { description: 'When it was made.' })
  readonly createdAt: Date;
}

export const CampaignCreativeConnection = connectionOf('CampaignCreative', () => CampaignCreativeType);

@InputType({ description: 'What a creative says.' })
abstract class CreativeTextInput {
  @Field(() => String, { description: 'Language, BCP 47.' })
  readonly language: string;

  @Field(() => String, { description: 'Title, up to 200 characters.' })
  readonly title: string;

  @Field(() => String, { defaultValue: '', description: 'Text, up to 5000 characters.' })
  readonly body: string;

  @Field(() => String, { nullable: true, description: 'Address of an image, https alone.' })
  readonly imageUrl?: string | null;
}

@InputType('AddCampaignCreativeInput', { description: 'A new creative.' })
export class AddCampaignCreativeInputType extends CreativeTextInput {
  @Field(() => ID, { description: 'The campaign.' })
  readonly campaignId: string;

  @Field(() => ID, { description: 'The partner that makes it; it takes part.' })
  readonly partnerId: string;

  @Field(() => ChannelEnum, { description: 'One of the channels of the campaign.' })
  readonly channel: Channel;
}

@InputType('ChangeCampaignCreativeInput', { description: 'What a creative is to say, as a whole.' })
export class ChangeCampaignCreativeInputType extends CreativeTextInput {
  @Field(() => ID, { description: 'The creative, a DRAFT.' })
  readonly creativeId: string;
}

@InputType('MoveCampaignCreativeInput', { description: 'A step of a creative.' })
export class MoveCampaignCreativeInputType {
  @Field(() => ID, { description: 'The creative.' })
  readonly creativeId: string;

  @Field(() => CreativeStateEnum, { description: 'State to move to.' })
  readonly to: CreativeState;
}

@ObjectType('ChangeCampaignCreativeSuccess', { description: 'The creative is as it says.', simpleResolvers: true })
export class ChangeCampaignCreativeSuccess {
  @Field(() => CampaignCreativeType, { description: 'The creative.' })
  readonly creative: CampaignCreativeType;
}

export const ChangeCampaignCreativeResult = mutationResult({
  name: 'ChangeCampaignCreativeResult',
  success: ChangeCampaignCreativeSuccess,
  failures: [
    UnauthenticatedFailure,
    ForbiddenFailure,
    InvalidInputFailure,
    CampaignOverFailure,
    IllegalTransitionFailure,
  ],
});

export function toCreative(row: CreativeRow): CampaignCreativeType {
  const { partnerId, channel, language, title, body, imageUrl, state, createdAt } = row;
  const facts = { partnerId, channel, language, title, body, imageUrl, state, createdAt };
  return build(CampaignCreativeType, { id: globalId('CampaignCreative', row.id), ...facts });
}
