import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  PARTNER_KINDS,
  PARTNER_STATES,
  type PartnerKind,
  type PartnerMemberRow,
  type PartnerRow,
  type PartnerState,
  type PartnerStepRow,
} from '../../src/partners/index.ts';
import { MEMBER_ROLES, type MemberRole } from '../../src/shared/actor.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { enumOf } from '../shared/enum.ts';
import { lifecycleStepOf } from '../shared/lifecycle-step.ts';
import { Node } from '../shared/node.type.ts';

export const PartnerKindEnum = enumOf(PARTNER_KINDS);
registerEnumType(PartnerKindEnum, { name: 'PartnerKind', description: 'What sort of organisation it is.' });

export const PartnerStateEnum = enumOf(PARTNER_STATES);
registerEnumType(PartnerStateEnum, {
  name: 'PartnerState',
  description: 'Where a partner stands between application and termination. Only ACTIVE partners sell.',
});

export const MemberRoleEnum = enumOf(MEMBER_ROLES);
registerEnumType(MemberRoleEnum, {
  name: 'MemberRole',
  description: 'What a member may do: OWNER all, MANAGER content and campaigns, FINANCE statements, VIEWER look.',
});

@ObjectType('PartnerMember', { description: 'A person with a role at a partner.', simpleResolvers: true })
export class PartnerMemberType {
  @Field(() => ID, { description: 'Identifier of the person.' })
  readonly userId: string;

  @Field(() => String, { description: 'Name of the person.' })
  readonly displayName: string;

  @Field(() => MemberRoleEnum, { description: 'What the person may do.' })
  readonly role: MemberRole;

  @Field(() => Date, { description: 'Since when.' })
  readonly since: Date;
}

export const PartnerStepType = lifecycleStepOf<PartnerState>('Partner', () => PartnerStateEnum);
export type PartnerStepType = InstanceType<typeof PartnerStepType>;

@ObjectType('Partner', {
  implements: Node,
  description: 'An organisation that brings content, audience or both.',
  simpleResolvers: true,
})
export class PartnerType extends Node {
  /** Not part of the API. */
  readonly domainCode: string;

  @Field(() => String, { description: 'Name of the organisation.' })
  readonly name: string;

  @Field(() => PartnerKindEnum, { description: 'What sort of organisation it is.' })
  readonly kind: PartnerKind;

  @Field(() => PartnerStateEnum, { description: 'Where it stands in its lifecycle.' })
  readonly state: PartnerState;

  @Field(() => String, { description: 'Where it sits: ISO 3166-1 alpha-2.' })
  readonly country: string;

  @Field(() => String, { description: 'What it does, in its own words.' })
  readonly description: string;

  @Field(() => Int, { nullable: true, description: 'People it says that it reaches; absent when it did not say.' })
  readonly audienceSize: number | null;

  @Field(() => Date, { description: 'When it applied.' })
  readonly createdAt: Date;
}

export const PartnerConnection = connectionOf('Partner', () => PartnerType);

@ObjectType('PartnerMembership', { description: 'A partner that the viewer belongs to.', simpleResolvers: true })
export class PartnerMembershipType {
  @Field(() => PartnerType, { description: 'The partner.' })
  readonly partner: PartnerType;

  @Field(() => MemberRoleEnum, { description: 'What the viewer may do for it.' })
  readonly role: MemberRole;
}

export function toPartner(row: PartnerRow): PartnerType {
  const { id, name, kind, domainCode, state, country, description, audienceSize, createdAt } = row;
  const facts = { name, kind, domainCode, state, country, description, audienceSize, createdAt };
  return build(PartnerType, { id: globalId('Partner', id), localId: id, ...facts });
}

export function toPartnerMember({ userId, displayName, role, createdAt }: PartnerMemberRow): PartnerMemberType {
  return build(PartnerMemberType, { userId: globalId('User', userId), displayName, role, since: createdAt });
}

export function toPartnerStep({ fromState, toState, by, reason, at }: PartnerStepRow): PartnerStepType {
  return build(PartnerStepType, { from: fromState, to: toState, by, reason, at });
}
