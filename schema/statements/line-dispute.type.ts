import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { globalId } from '../../src/shared/global-id.ts';
import {
  DISPUTE_STATES,
  type DisputeState,
  type LineDisputeRow,
  type LineDisputeStepRow,
} from '../../src/statements/index.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { enumOf } from '../shared/enum.ts';
import { lifecycleStepOf } from '../shared/lifecycle-step.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';
import { Node } from '../shared/node.type.ts';

export const DisputeStateEnum = enumOf(DISPUTE_STATES);
registerEnumType(DisputeStateEnum, {
  name: 'LineDisputeState',
  description: 'Where a dispute stands.',
  valuesConfig: {
    OPEN: { description: 'Waits for the answer of the platform.' },
    ACCEPTED: { description: 'Granted, in full or in part: an adjustment was posted.' },
    REJECTED: { description: 'Answered with no.' },
    WITHDRAWN: { description: 'Taken back by the partner.' },
  },
});

@ObjectType('LineDispute', { implements: Node, description: "A partner's objection to one line, and its answer." })
export class LineDisputeType extends Node {
  /** Not part of the API. */
  readonly row: LineDisputeRow;

  @Field(() => DisputeStateEnum, { description: 'Where it stands.' })
  readonly state: DisputeState;

  @Field(() => String, { description: 'Why the partner thinks that the line is wrong.' })
  readonly reason: string;

  @Field(() => MoneyType, { description: 'What the line and earlier adjustments of it came to.' })
  readonly stated: MoneyType;

  @Field(() => MoneyType, { description: 'What the partner thinks right.' })
  readonly claimed: MoneyType;

  @Field(() => MoneyType, { nullable: true, description: 'What finance found right, when it was accepted.' })
  readonly granted: MoneyType | null;

  @Field(() => String, { nullable: true, description: 'Why finance answered as it did.' })
  readonly answer: string | null;

  @Field(() => Date, { description: 'When it was opened.' })
  readonly openedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was answered or withdrawn.' })
  readonly closedAt: Date | null;
}

export const LineDisputeConnection = connectionOf('LineDispute', () => LineDisputeType);

export const LineDisputeStepType = lifecycleStepOf<DisputeState>('LineDispute', () => DisputeStateEnum);
export type LineDisputeStepType = InstanceType<typeof LineDisputeStepType>;

export function toLineDispute(row: LineDisputeRow): LineDisputeType {
  const { id, currency, state, reason, statedMinor, claimedMinor, grantedMinor, answer, openedAt, closedAt } = row;
  const money = (minor: bigint) => toMoney(minor, currency);
  return build(LineDisputeType, {
    id: globalId('LineDispute', id),
    localId: id,
    row,
    state,
    reason,
    stated: money(statedMinor),
    claimed: money(claimedMinor),
    granted: grantedMinor === null ? null : money(grantedMinor),
    answer,
    openedAt,
    closedAt,
  });
}

export function toLineDisputeStep({ fromState, toState, by, reason, at }: LineDisputeStepRow): LineDisputeStepType {
  return build(LineDisputeStepType, { from: fromState, to: toState, by, reason, at });
}
