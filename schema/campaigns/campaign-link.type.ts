import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { type Channel, DROP_REASONS, type DropReason, type LinkRow, utmOf } from '../../src/campaigns/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { enumOf } from '../shared/enum.ts';
import { mutationResult } from '../shared/mutation-result.ts';
import { ForbiddenFailure, InvalidInputFailure, UnauthenticatedFailure } from '../shared/user-error.ts';
import { CampaignOverFailure } from './campaign.results.ts';
import { ChannelEnum } from './campaign.type.ts';

export const DropReasonEnum = enumOf(DROP_REASONS);
registerEnumType(DropReasonEnum, {
  name: 'LinkDropReason',
  description: 'Why a request of a link is no click.',
  valuesConfig: {
    HEAD: { description: 'It asked for the headers alone.' },
    PREFETCH: { description: 'The browser said that it fetches ahead of a click.' },
    BOT: { description: 'Its user agent is missing, or that of a known program: search, preview, scanner, monitor.' },
    NOT_RUNNING: { description: 'The campaign had not begun, or was over.' },
    DUPLICATE: { description: 'The same visitor had clicked within ten seconds before.' },
  },
});

@ObjectType('UtmSet', { description: 'How analytics are told where a visitor comes from.', simpleResolvers: true })
export class UtmSetType {
  @Field(() => String, { description: 'The partner.' })
  readonly source: string;

  @Field(() => String, { description: 'The channel.' })
  readonly medium: string;

  @Field(() => String, { description: 'The campaign.' })
  readonly campaign: string;

  @Field(() => String, { description: 'The creative; the code of the link without one.' })
  readonly content: string;
}

@ObjectType('LinkDrops', { description: 'Requests of a link that were no clicks.', simpleResolvers: true })
export class LinkDropsType {
  @Field(() => DropReasonEnum, { description: 'Why.' })
  readonly reason: DropReason;

  @Field(() => Int, { description: 'How many.' })
  readonly requests: number;
}

@ObjectType('CampaignLink', { description: 'A tracked link of one partner for one channel of a campaign.' })
export class CampaignLinkType {
  /** Not part of the API. */
  readonly localId: string;

  /** Not part of the API. */
  readonly partnerId: string;

  /** Not part of the API. */
  readonly creativeId: string | null;

  @Field(() => ID, { description: 'Identifier of the link.' })
  readonly id: string;

  @Field(() => ChannelEnum, { description: 'The channel that its clicks are credited to.' })
  readonly channel: Channel;

  @Field(() => String, { description: 'Its code.' })
  readonly code: string;

  @Field(() => String, { description: 'What to publish, behind the address of this server: "/l/<code>".' })
  readonly path: string;

  @Field(() => String, { description: 'Where it leads, as it was registered.' })
  readonly target: string;

  @Field(() => String, { description: 'Where it leads, with its UTM set.' })
  readonly destination: string;

  @Field(() => UtmSetType, { description: 'Its UTM set: fixed when the link is made.' })
  readonly utm: UtmSetType;

  @Field(() => Date, { nullable: true, description: 'From then on it leads nowhere; absent: never.' })
  readonly expiresAt: Date | null;

  @Field(() => Date, { description: 'When it was made.' })
  readonly createdAt: Date;
}

export const CampaignLinkConnection = connectionOf('CampaignLink', () => CampaignLinkType);

@InputType('CreateCampaignLinkInput', { description: 'A new tracked link.' })
export class CreateCampaignLinkInputType {
  @Field(() => ID, { description: 'The campaign.' })
  readonly campaignId: string;

  @Field(() => ID, { description: 'The partner that publishes it; it takes part.' })
  readonly partnerId: string;

  @Field(() => ChannelEnum, { description: 'One of the channels of the campaign.' })
  readonly channel: Channel;

  @Field(() => ID, {
    nullable: true,
    description: 'The creative that it stands in: one of the campaign for the channel.',
  })
  readonly creativeId?: string | null;

  @Field(() => String, {
    description: 'Where it leads: a path such as "/courses/1", or an https address on a host that the platform allows.',
  })
  readonly target: string;

  @Field(() => Date, { nullable: true, description: 'From then on it leads nowhere; absent: never.' })
  readonly expiresAt?: Date | null;
}

@ObjectType('ChangeCampaignLinkSuccess', { description: 'The link is as it says.', simpleResolvers: true })
export class ChangeCampaignLinkSuccess {
  @Field(() => CampaignLinkType, { description: 'The link.' })
  readonly link: CampaignLinkType;
}

export const ChangeCampaignLinkResult = mutationResult({
  name: 'ChangeCampaignLinkResult',
  success: ChangeCampaignLinkSuccess,
  failures: [UnauthenticatedFailure, ForbiddenFailure, InvalidInputFailure, CampaignOverFailure],
});

export function toLink(row: LinkRow): CampaignLinkType {
  const { id: localId, partnerId, creativeId, channel, code, target, destination, expiresAt, createdAt } = row;
  return build(CampaignLinkType, {
    id: globalId('CampaignLink', localId),
    path: `/l/${code}`,
    utm: build(UtmSetType, utmOf(destination)),
    ...{ localId, partnerId, creativeId, channel, code, target, destination, expiresAt, createdAt },
  });
}
