import { Field, ID, InputType } from 'type-graphql';
import type { ExceptionClass, ExceptionState } from '../../src/reconciliation/index.ts';
import { MinorUnits } from '../shared/minor-units.scalar.ts';
import { ReconciliationExceptionClassEnum, ReconciliationExceptionStateEnum } from './reconciliation.enums.ts';

const KEY = 'From 8 to 100 visible ASCII characters, new for each';

@InputType('ReconciliationExceptionFilter', { description: 'Which exceptions. Conditions add up.' })
export class ReconciliationExceptionFilterType {
  @Field(() => ID, { nullable: true, description: 'Of one run.' })
  readonly runId?: string | null;

  @Field(() => ReconciliationExceptionClassEnum, { nullable: true, description: 'Of one class.' })
  readonly class?: ExceptionClass | null;

  @Field(() => ReconciliationExceptionStateEnum, { nullable: true, description: 'In one state.' })
  readonly state?: ExceptionState | null;

  @Field(() => ID, { nullable: true, description: 'Of one assignee.' })
  readonly assigneeId?: string | null;
}

@InputType('AssignExceptionInput', { description: 'Who is to clear up an exception.' })
export class AssignExceptionInputType {
  @Field(() => ID, { description: 'The exception.' })
  readonly exceptionId: string;

  @Field(() => ID, { nullable: true, description: 'A person of the finance staff; absent: nobody again.' })
  readonly assigneeId?: string | null;

  @Field(() => String, { description: 'Why, up to 500 characters. Kept for good.' })
  readonly reason: string;
}

@InputType('ExceptionStepInput', { description: 'A step of an exception.' })
export class ExceptionStepInputType {
  @Field(() => ID, { description: 'The exception.' })
  readonly exceptionId: string;

  @Field(() => String, { description: 'Why, up to 500 characters. Kept for good.' })
  readonly reason: string;
}

@InputType('ResolveExceptionInput', { description: 'What to post for an exception.' })
export class ResolveExceptionInputType {
  @Field(() => ID, { description: 'The exception.' })
  readonly exceptionId: string;

  @Field(() => String, { description: 'Why, up to 500 characters. Kept for good.' })
  readonly reason: string;

  @Field(() => MinorUnits, {
    nullable: true,
    description: 'What the file says more than our books, in minor units; its own difference when absent.',
  })
  readonly amountMinor?: bigint | null;

  @Field(() => String, { nullable: true, description: 'Currency, ISO 4217, when the exception has none.' })
  readonly currency?: string | null;

  @Field(() => String, { description: `${KEY} resolution.` })
  readonly idempotencyKey: string;
}

@InputType('ResolveExceptionsInput', { description: 'Exceptions to resolve by their own differences.' })
export class ResolveExceptionsInputType {
  @Field(() => [ID], { description: 'From 1 to 500, each once.' })
  readonly exceptionIds: string[];

  @Field(() => String, { description: 'Why, up to 500 characters. Kept for good with each.' })
  readonly reason: string;

  @Field(() => String, { description: `${KEY} call. The same again goes on where it was cut off.` })
  readonly idempotencyKey: string;
}
