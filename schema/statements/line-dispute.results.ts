import { Field, ObjectType } from 'type-graphql';
import { LineDisputedError } from '../../src/statements/index.ts';
import { mutationResult } from '../shared/mutation-result.ts';
import {
  ForbiddenFailure,
  IdempotencyConflictFailure,
  IllegalTransitionFailure,
  InvalidInputFailure,
  UnauthenticatedFailure,
  UserError,
} from '../shared/user-error.ts';
import { LineDisputeType } from './line-dispute.type.ts';

@ObjectType('LineDisputeSuccess', { description: 'The dispute as it stands now.', simpleResolvers: true })
export class LineDisputeSuccess {
  @Field(() => LineDisputeType, { description: 'The dispute.' })
  readonly dispute: LineDisputeType;
}

@ObjectType('LineDisputedError', { implements: UserError, description: 'The line is disputed already.' })
class LineDisputedFailure extends UserError {
  static readonly source = LineDisputedError;
}

const COMMON = [UnauthenticatedFailure, ForbiddenFailure, InvalidInputFailure];

export const DisputeLineResult = mutationResult({
  name: 'DisputeLineResult',
  success: LineDisputeSuccess,
  failures: [...COMMON, IdempotencyConflictFailure, LineDisputedFailure],
});

export const AnswerLineDisputeResult = mutationResult({
  name: 'AnswerLineDisputeResult',
  success: LineDisputeSuccess,
  failures: [...COMMON, IdempotencyConflictFailure, IllegalTransitionFailure],
});

export const WithdrawLineDisputeResult = mutationResult({
  name: 'WithdrawLineDisputeResult',
  success: LineDisputeSuccess,
  failures: [...COMMON, IllegalTransitionFailure],
});
