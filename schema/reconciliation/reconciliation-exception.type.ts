import { Field, ID, Int, ObjectType } from 'type-graphql';
import type {
  ExceptionClass,
  ExceptionRow,
  ExceptionState,
  ExceptionStepRow,
  MovementKind,
} from '../../src/reconciliation/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { lifecycleStepOf } from '../shared/lifecycle-step.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';
import { Node } from '../shared/node.type.ts';
import {
  MovementKindEnum,
  ReconciliationExceptionClassEnum,
  ReconciliationExceptionStateEnum,
} from './reconciliation.enums.ts';

@ObjectType('ReconciliationException', {
  implements: Node,
  description: 'Something in which a settlement file and our books differ.',
  simpleResolvers: true,
})
export class ReconciliationExceptionType extends Node {
  /** Not part of the API. */
  readonly row: ExceptionRow;

  @Field(() => ReconciliationExceptionClassEnum, { description: 'In what they differ.' })
  readonly class: ExceptionClass;

  @Field(() => ReconciliationExceptionStateEnum, { description: 'Where it stands.' })
  readonly state: ExceptionState;

  @Field(() => Int, { nullable: true, description: 'Line of the file; absent where the file has none.' })
  readonly lineNumber: number | null;

  @Field(() => MovementKindEnum, { nullable: true, description: 'What of ours it is about.' })
  readonly movementKind: MovementKind | null;

  @Field(() => ID, { nullable: true, description: 'Identifier of that payment, refund or chargeback.' })
  readonly movementId: string | null;

  @Field(() => String, { nullable: true, description: 'Name by which people know it.' })
  readonly reference: string | null;

  @Field(() => MoneyType, { nullable: true, description: 'What our books say, or other lines of the file.' })
  readonly expected: MoneyType | null;

  @Field(() => MoneyType, { nullable: true, description: 'What the file says.' })
  readonly actual: MoneyType | null;

  @Field(() => MoneyType, {
    nullable: true,
    description: 'What the file says more: what resolving posts unless told otherwise.',
  })
  readonly difference: MoneyType | null;

  @Field(() => String, { description: 'What is wrong, in one sentence.' })
  readonly reason: string;

  @Field(() => ID, { nullable: true, description: 'Who is to clear it up.' })
  readonly assigneeId: string | null;

  @Field(() => String, { nullable: true, description: 'The ledger transaction that settled it, while it is RESOLVED.' })
  readonly ledgerTransactionId: string | null;

  @Field(() => Date, { description: 'When it was found.' })
  readonly raisedAt: Date;
}

export const ReconciliationExceptionConnection = connectionOf(
  'ReconciliationException',
  () => ReconciliationExceptionType,
);

export const ReconciliationExceptionStepType = lifecycleStepOf<ExceptionState>(
  'ReconciliationException',
  () => ReconciliationExceptionStateEnum,
);
export type ReconciliationExceptionStepType = InstanceType<typeof ReconciliationExceptionStepType>;

const TYPE_OF_MOVEMENT: Readonly<Record<MovementKind, string>> = {
  PAYMENT: 'Payment',
  REFUND: 'Refund',
  CHARGEBACK: 'Chargeback',
  CHARGEBACK_REVERSAL: 'Chargeback',
};

export function toReconciliationException(row: ExceptionRow): ReconciliationExceptionType {
  const { id, currency, movementKind, movementId, assigneeId, ...facts } = row;
  const money = (minor: bigint | null) => (minor === null || currency === null ? null : toMoney(minor, currency));
  return build(ReconciliationExceptionType, {
    id: globalId('ReconciliationException', id),
    localId: id,
    row,
    class: facts.class,
    state: facts.state,
    lineNumber: facts.lineNumber,
    movementKind,
    movementId: movementKind && movementId && globalId(TYPE_OF_MOVEMENT[movementKind], movementId),
    reference: facts.reference,
    expected: money(facts.expectedMinor),
    actual: money(facts.actualMinor),
    difference: money(facts.differenceMinor),
    reason: facts.reason,
    assigneeId: assigneeId && globalId('User', assigneeId),
    ledgerTransactionId: facts.ledgerTransactionId,
    raisedAt: facts.raisedAt,
  });
}

export function toReconciliationExceptionStep(row: ExceptionStepRow): ReconciliationExceptionStepType {
  const { fromState, toState, by, reason, at } = row;
  return build(ReconciliationExceptionStepType, { from: fromState, to: toState, by, reason, at });
}
