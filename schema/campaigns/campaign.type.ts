import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  CAMPAIGN_ROLES,
  CAMPAIGN_STATES,
  type CampaignPartnerRow,
  type CampaignRole,
  type CampaignRow,
  type CampaignState,
  type CampaignStepRow,
  CHANNELS,
  type Channel,
} from '../../src/campaigns/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { enumOf } from '../shared/enum.ts';
import { lifecycleStepOf } from '../shared/lifecycle-step.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';
import { Node } from '../shared/node.type.ts';

export const ChannelEnum = enumOf(CHANNELS);
registerEnumType(ChannelEnum, { name: 'Channel', description: 'Through what a campaign meets people.' });

export const CampaignStateEnum = enumOf(CAMPAIGN_STATES);
registerEnumType(CampaignStateEnum, {
  name: 'CampaignState',
  description: 'Where a campaign stands. Touchpoints are taken from LIVE on, late ones after its end too.',
});

export const CampaignRoleEnum = enumOf(CAMPAIGN_ROLES);
registerEnumType(CampaignRoleEnum, {
  name: 'CampaignRole',
  description: 'What a partner brings to a campaign. The LEAD decides; there is one.',
});

@ObjectType('CampaignPartner', { description: "A partner's part in a campaign." })
export class CampaignPartnerType {
  /** Not part of the API. */
  readonly partnerId: string;

  @Field(() => CampaignRoleEnum, { description: 'What the partner brings.' })
  readonly role: CampaignRole;
}

export const CampaignStepType = lifecycleStepOf<CampaignState>('Campaign', () => CampaignStateEnum);
export type CampaignStepType = InstanceType<typeof CampaignStepType>;

@ObjectType('Campaign', {
  implements: Node,
  description: 'A joint campaign of partners. Members of its partners see it, and staff; nobody else does.',
  simpleResolvers: true,
})
export class CampaignType extends Node {
  /** Not part of the API. */
  readonly currency: string;

  /** Not part of the API. */
  readonly leadPartnerId: string;

  @Field(() => String, { description: 'Name.' })
  readonly name: string;

  @Field(() => String, { description: 'What it is about.' })
  readonly description: string;

  @Field(() => String, { description: 'What it is to reach.' })
  readonly goal: string;

  @Field(() => CampaignStateEnum, { description: 'Where it stands.' })
  readonly state: CampaignState;

  @Field(() => [ChannelEnum], { description: 'Channels that it uses.' })
  readonly channels: readonly Channel[];

  @Field(() => MoneyType, { description: 'What it may cost; its currency is that of all its figures.' })
  readonly budget: MoneyType;

  @Field(() => Int, {
    description:
      'Number of the plan as it stands. Each change of what partners agree on raises it and voids approvals.',
  })
  readonly planVersion: number;

  @Field(() => Int, {
    description: 'Days of 24 hours: a click or visit earns credit for conversions at most this long after it.',
  })
  readonly attributionWindowDays: number;

  @Field(() => Int, {
    description: 'The same for an impression, which is forgotten sooner. 0: impressions count and earn nothing.',
  })
  readonly viewWindowDays: number;

  @Field(() => Date, { description: 'Planned start.' })
  readonly startsAt: Date;

  @Field(() => Date, { description: 'Planned end.' })
  readonly endsAt: Date;

  @Field(() => Date, { description: 'When it was made.' })
  readonly createdAt: Date;
}

export const CampaignConnection = connectionOf('Campaign', () => CampaignType);

export function toCampaign(row: CampaignRow): CampaignType {
  const { id, name, description, goal, state, channels, currency, leadPartnerId, planVersion } = row;
  const { attributionWindowDays, viewWindowDays, startsAt, endsAt, createdAt } = row;
  return build(CampaignType, {
    id: globalId('Campaign', id),
    localId: id,
    budget: toMoney(row.budgetMinor, currency),
    ...{ name, description, goal, state, channels, currency, leadPartnerId, planVersion },
    ...{ attributionWindowDays, viewWindowDays, startsAt, endsAt, createdAt },
  });
}

export function toCampaignPartner({ partnerId, role }: CampaignPartnerRow): CampaignPartnerType {
  return build(CampaignPartnerType, { partnerId, role });
}

export function toCampaignStep({ fromState, toState, by, reason, at }: CampaignStepRow): CampaignStepType {
  return build(CampaignStepType, { from: fromState, to: toState, by, reason, at });
}
