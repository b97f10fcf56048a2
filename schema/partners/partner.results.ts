import { Field, ID, ObjectType } from 'type-graphql';
import { AlreadyMemberError, LastOwnerError, UnknownPersonError } from '../../src/partners/index.ts';
import { mutationResult } from '../shared/mutation-result.ts';
import {
  ForbiddenFailure,
  IllegalTransitionFailure,
  InvalidInputFailure,
  UnauthenticatedFailure,
  UserError,
} from '../shared/user-error.ts';
import { PartnerMemberType, PartnerType } from './partner.type.ts';

@ObjectType('ApplyAsPartnerSuccess', { description: 'The application is in.', simpleResolvers: true })
export class ApplyAsPartnerSuccess {
  @Field(() => PartnerType, { description: 'The partner, in state APPLIED. The viewer is its owner.' })
  readonly partner: PartnerType;
}

@ObjectType('TransitionPartnerSuccess', { description: 'The partner has moved.', simpleResolvers: true })
export class TransitionPartnerSuccess {
  @Field(() => PartnerType, { description: 'The partner in its new state.' })
  readonly partner: PartnerType;
}

@ObjectType('AddPartnerMemberSuccess', { description: 'The person has the role.', simpleResolvers: true })
export class AddPartnerMemberSuccess {
  @Field(() => PartnerMemberType, { description: 'The new member.' })
  readonly member: PartnerMemberType;
}

@ObjectType('RemovePartnerMemberSuccess', { description: 'The person has no role any more.', simpleResolvers: true })
export class RemovePartnerMemberSuccess {
  @Field(() => ID, { description: 'The person.' })
  readonly userId: string;
}

@ObjectType('AlreadyMemberError', { implements: UserError, description: 'The person has a role already.' })
export class AlreadyMemberFailure extends UserError {
  static readonly source = AlreadyMemberError;
}

@ObjectType('UnknownPersonError', { implements: UserError, description: 'Nobody signed up with that address.' })
export class UnknownPersonFailure extends UserError {
  static readonly source = UnknownPersonError;
}

@ObjectType('LastOwnerError', { implements: UserError, description: 'A partner keeps at least one owner.' })
export class LastOwnerFailure extends UserError {
  static readonly source = LastOwnerError;
}

export const ApplyAsPartnerResult = mutationResult({
  name: 'ApplyAsPartnerResult',
  success: ApplyAsPartnerSuccess,
  failures: [UnauthenticatedFailure, InvalidInputFailure],
});

export const TransitionPartnerResult = mutationResult({
  name: 'TransitionPartnerResult',
  success: TransitionPartnerSuccess,
  failures: [UnauthenticatedFailure, ForbiddenFailure, IllegalTransitionFailure, InvalidInputFailure],
});

export const AddPartnerMemberResult = mutationResult({
  name: 'AddPartnerMemberResult',
  success: AddPartnerMemberSuccess,
  failures: [UnauthenticatedFailure, ForbiddenFailure, UnknownPersonFailure, AlreadyMemberFailure, InvalidInputFailure],
});

export const RemovePartnerMemberResult = mutationResult({
  name: 'RemovePartnerMemberResult',
  success: RemovePartnerMemberSuccess,
  failures: [UnauthenticatedFailure, ForbiddenFailure, LastOwnerFailure, InvalidInputFailure],
});
