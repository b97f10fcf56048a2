import { Field, ID, InputType, Int } from 'type-graphql';
import type { PartnerKind, PartnerState } from '../../src/partners/index.ts';
import type { MemberRole } from '../../src/shared/actor.ts';
import { MemberRoleEnum, PartnerKindEnum, PartnerStateEnum } from './partner.type.ts';

@InputType('PartnerFilter', { description: 'Which partners. Conditions add up.' })
export class PartnerFilterType {
  @Field(() => String, { nullable: true, description: 'Code of the domain.' })
  readonly domain?: string | null;

  @Field(() => PartnerKindEnum, { nullable: true, description: 'Sort of organisation.' })
  readonly kind?: PartnerKind | null;

  @Field(() => PartnerStateEnum, { nullable: true, description: 'State. Others than ACTIVE: own partners, or staff.' })
  readonly state?: PartnerState | null;
}

@InputType('ApplyAsPartnerInput', { description: 'An organisation that wants to become a partner.' })
export class ApplyAsPartnerInputType {
  @Field(() => String, { description: 'Name, from 2 to 120 characters.' })
  readonly name: string;

  @Field(() => PartnerKindEnum, { description: 'Sort of organisation.' })
  readonly kind: PartnerKind;

  @Field(() => String, { description: 'Code of its domain.' })
  readonly domain: string;

  @Field(() => String, { description: 'Where it sits: ISO 3166-1 alpha-2.' })
  readonly country: string;

  @Field(() => String, { description: 'What it does, up to 2000 characters.' })
  readonly description: string;

  @Field(() => Int, { nullable: true, description: 'People it reaches.' })
  readonly audienceSize?: number | null;
}

@InputType('TransitionPartnerInput', { description: "A step of a partner's lifecycle." })
export class TransitionPartnerInputType {
  @Field(() => ID, { description: 'The partner.' })
  readonly partnerId: string;

  @Field(() => PartnerStateEnum, { description: 'State to move to.' })
  readonly to: PartnerState;

  @Field(() => String, { description: 'Why, up to 500 characters. Kept for good.' })
  readonly reason: string;
}

@InputType('AddPartnerMemberInput', { description: 'A role for a person.' })
export class AddPartnerMemberInputType {
  @Field(() => ID, { description: 'The partner.' })
  readonly partnerId: string;

  @Field(() => String, { description: 'Address that the person signed up with.' })
  readonly email: string;

  @Field(() => MemberRoleEnum, { description: 'What the person may do.' })
  readonly role: MemberRole;
}

@InputType('RemovePartnerMemberInput', { description: 'A role to take away.' })
export class RemovePartnerMemberInputType {
  @Field(() => ID, { description: 'The partner.' })
  readonly partnerId: string;

  @Field(() => ID, { description: 'The person.' })
  readonly userId: string;
}
