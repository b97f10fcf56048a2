import { Field, ID, ObjectType } from 'type-graphql';
import { PeriodClosedError, PeriodNotOverError, PeriodOrderError } from '../../src/statements/index.ts';
import { mutationResult } from '../shared/mutation-result.ts';
import { ForbiddenFailure, InvalidInputFailure, UnauthenticatedFailure, UserError } from '../shared/user-error.ts';

@ObjectType('ClosePeriodSuccess', { description: 'The month is being closed.', simpleResolvers: true })
export class ClosePeriodSuccess {
  @Field(() => ID, { description: 'Identifier of the job that closes it: ask "job" how far it is.' })
  readonly jobId: string;
}

@ObjectType('PeriodClosedError', { implements: UserError, description: 'The month is closed, once and for all.' })
export class PeriodClosedFailure extends UserError {
  static readonly source = PeriodClosedError;

  @Field(() => String, { description: 'The month.' })
  readonly period: string;
}

@ObjectType('PeriodNotOverError', { implements: UserError, description: 'The month is not over everywhere.' })
export class PeriodNotOverFailure extends UserError {
  static readonly source = PeriodNotOverError;

  @Field(() => Date, { description: 'When it is over in the time zones of all contracts.' })
  readonly overAt: Date;
}

@ObjectType('PeriodOrderError', { implements: UserError, description: "It is another month's turn." })
export class PeriodOrderFailure extends UserError {
  static readonly source = PeriodOrderError;

  @Field(() => String, { description: 'The month whose turn it is.' })
  readonly expected: string;
}

export const ClosePeriodResult = mutationResult({
  name: 'ClosePeriodResult',
  success: ClosePeriodSuccess,
  failures: [
    UnauthenticatedFailure,
    ForbiddenFailure,
    PeriodClosedFailure,
    PeriodNotOverFailure,
    PeriodOrderFailure,
    InvalidInputFailure,
  ],
});

@ObjectType('StatementDownloadSuccess', { description: 'A link to one file.', simpleResolvers: true })
export class StatementDownloadSuccess {
  @Field(() => String, { description: 'Path on this server. Whoever holds it can open the file: do not pass it on.' })
  readonly url: string;

  @Field(() => Date, { description: 'From when on it opens nothing any more.' })
  readonly expiresAt: Date;
}

export const StatementDownloadResult = mutationResult({
  name: 'StatementDownloadResult',
  success: StatementDownloadSuccess,
  failures: [UnauthenticatedFailure, ForbiddenFailure, InvalidInputFailure],
});
