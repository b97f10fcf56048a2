import { Field, ID, ObjectType } from 'type-graphql';
import type { ResolutionAnswer } from '../../src/reconciliation/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import { mutationResult } from '../shared/mutation-result.ts';
import {
  ForbiddenFailure,
  IdempotencyConflictFailure,
  IllegalTransitionFailure,
  InvalidInputFailure,
  UnauthenticatedFailure,
} from '../shared/user-error.ts';
import { ReconciliationExceptionType, toReconciliationException } from './reconciliation-exception.type.ts';

@ObjectType('AssignExceptionSuccess', { description: 'The exception is assigned.', simpleResolvers: true })
export class AssignExceptionSuccess {
  @Field(() => ReconciliationExceptionType, { description: 'The exception.' })
  readonly exception: ReconciliationExceptionType;
}

@ObjectType('ResolveExceptionSuccess', { description: 'The entry is posted.', simpleResolvers: true })
export class ResolveExceptionSuccess {
  @Field(() => ReconciliationExceptionType, { description: 'The exception.' })
  readonly exception: ReconciliationExceptionType;
}

@ObjectType('AcceptExceptionSuccess', { description: 'It stays as it is.', simpleResolvers: true })
export class AcceptExceptionSuccess {
  @Field(() => ReconciliationExceptionType, { description: 'The exception.' })
  readonly exception: ReconciliationExceptionType;
}

@ObjectType('ReopenExceptionSuccess', { description: 'It is open again.', simpleResolvers: true })
export class ReopenExceptionSuccess {
  @Field(() => ReconciliationExceptionType, { description: 'The exception.' })
  readonly exception: ReconciliationExceptionType;
}

@ObjectType('ResolveExceptionsRow', { description: 'What became of one exception.', simpleResolvers: true })
export class ResolveExceptionsRow {
  @Field(() => ID, { description: 'The exception that was named.' })
  readonly exceptionId: string;

  @Field(() => ReconciliationExceptionType, { nullable: true, description: 'It; absent when it was refused.' })
  readonly exception: ReconciliationExceptionType | null;

  @Field(() => String, { nullable: true, description: 'Stable code of the refusal; absent when it is resolved.' })
  readonly code: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was refused, for people.' })
  readonly message: string | null;
}

@ObjectType('ResolveExceptionsSuccess', { description: 'Each was looked at.', simpleResolvers: true })
export class ResolveExceptionsSuccess {
  @Field(() => [ResolveExceptionsRow], { description: 'One for each, in their order.' })
  readonly results: readonly ResolveExceptionsRow[];
}

export function toResolveExceptionsRow({ exceptionId, exception, failure }: ResolutionAnswer): ResolveExceptionsRow {
  return build(ResolveExceptionsRow, {
    exceptionId: globalId('ReconciliationException', exceptionId),
    exception: exception && toReconciliationException(exception),
    code: failure?.code ?? null,
    message: failure?.message ?? null,
  });
}

const always = [UnauthenticatedFailure, ForbiddenFailure, InvalidInputFailure] as const;

export const AssignExceptionResult = mutationResult({
  name: 'AssignExceptionResult',
  success: AssignExceptionSuccess,
  failures: [...always, IllegalTransitionFailure],
});

export const ResolveExceptionResult = mutationResult({
  name: 'ResolveExceptionResult',
  success: ResolveExceptionSuccess,
  failures: [...always, IllegalTransitionFailure, IdempotencyConflictFailure],
});

export const AcceptExceptionResult = mutationResult({
  name: 'AcceptExceptionResult',
  success: AcceptExceptionSuccess,
  failures: [...always, IllegalTransitionFailure],
});

export const ReopenExceptionResult = mutationResult({
  name: 'ReopenExceptionResult',
  success: ReopenExceptionSuccess,
  failures: [...always, IllegalTransitionFailure],
});

export const ResolveExceptionsResult = mutationResult({
  name: 'ResolveExceptionsResult',
  success: ResolveExceptionsSuccess,
  failures: always,
});
