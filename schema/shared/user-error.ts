import { Field, InterfaceType, ObjectType } from 'type-graphql';
import {
  type DomainError,
  ForbiddenError,
  IdempotencyConflictError,
  IllegalTransitionError,
  InvalidInputError,
  UnauthenticatedError,
} from '../../src/shared/domain-error.ts';

@InterfaceType('UserError', { description: 'A failure that the caller can act on.' })
export abstract class UserError {
  @Field(() => String, { description: 'Stable code, for programs.' })
  readonly code: string;

  @Field(() => String, { description: 'What is wrong, for people.' })
  readonly message: string;
}

/** A GraphQL type for one class of domain errors. Its fields are read from the error itself. */
export interface FailureType {
  new (): UserError;
  readonly source: abstract new (...args: never[]) => DomainError;
}

@ObjectType('InvalidInputError', { implements: UserError, description: 'A value is of the right type and yet wrong.' })
export class InvalidInputFailure extends UserError {
  static readonly source = InvalidInputError;

  @Field(() => String, { description: 'Path of the value within the input, dotted.' })
  readonly field: string;
}

@ObjectType('ForbiddenError', { implements: UserError, description: 'You may not, or it does not exist.' })
export class ForbiddenFailure extends UserError {
  static readonly source = ForbiddenError;
}

@ObjectType('UnauthenticatedError', { implements: UserError, description: 'The request carries no valid session.' })
export class UnauthenticatedFailure extends UserError {
  static readonly source = UnauthenticatedError;
}

@ObjectType('IdempotencyConflictError', {
  implements: UserError,
  description: 'The same idempotency key came with another input.',
})
export class IdempotencyConflictFailure extends UserError {
  static readonly source = IdempotencyConflictError;

  @Field(() => String, { description: 'The key.' })
  readonly key: string;
}

@ObjectType('IllegalTransitionError', { implements: UserError, description: 'The lifecycle has no such step.' })
export class IllegalTransitionFailure extends UserError {
  static readonly source = IllegalTransitionError;

  @Field(() => String, { description: 'The state that it is in.' })
  readonly from: string;

  @Field(() => String, { description: 'The state that was asked for.' })
  readonly to: string;
}
