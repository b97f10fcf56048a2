import { Field, Int, ObjectType } from 'type-graphql';
import {
  type PayoutBatchRow,
  type PayoutBatchState,
  type PayoutBatchStepRow,
  type PayoutExclusionRow,
  type PayoutRow,
  type PayoutState,
  type PayoutStepRow,
  payoutReference,
  type WithheldReason,
} from '../../src/payouts/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { lifecycleStepOf } from '../shared/lifecycle-step.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';
import { Node } from '../shared/node.type.ts';
import { PayoutBatchStateEnum, PayoutStateEnum, WithheldReasonEnum } from './payout.enums.ts';

@ObjectType('PayoutBatch', {
  implements: Node,
  description: 'Payouts of one currency that are approved, sent and answered for together.',
  simpleResolvers: true,
})
export class PayoutBatchType extends Node {
  @Field(() => String, { description: 'Currency, ISO 4217.' })
  readonly currency: string;

  @Field(() => Date, { description: 'What was available by then is paid.' })
  readonly cutOffAt: Date;

  @Field(() => PayoutBatchStateEnum, { description: 'Where it stands.' })
  readonly state: PayoutBatchState;

  @Field(() => Int, { description: 'Number of payouts.' })
  readonly payoutCount: number;

  @Field(() => MoneyType, { description: 'Sum of the payouts.' })
  readonly total: MoneyType;

  @Field(() => String, { description: 'Who proposed it: "user:...". Somebody else approves it.' })
  readonly createdBy: string;

  @Field(() => Date, { description: 'When it was proposed.' })
  readonly createdAt: Date;

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of the payout file, hexadecimal; from the approval on.',
  })
  readonly fileSha256: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where the payout file is downloaded, with the session of finance staff; absent when there is none.',
  })
  readonly filePath: string | null;
}

export const PayoutBatchConnection = connectionOf('PayoutBatch', () => PayoutBatchType);

@ObjectType('Payout', {
  implements: Node,
  description: 'Money on its way to one partner, or there.',
  simpleResolvers: true,
})
export class PayoutType extends Node {
  /** Not part of the API. */
  readonly row: PayoutRow;

  @Field(() => MoneyType, { description: 'How much.' })
  readonly amount: MoneyType;

  @Field(() => PayoutStateEnum, { description: 'Where it stands.' })
  readonly state: PayoutState;

  @Field(() => String, { description: "What the partner reads on its bank's statement." })
  readonly reference: string;

  @Field(() => Date, { description: 'When it was proposed.' })
  readonly createdAt: Date;
}

export const PayoutConnection = connectionOf('Payout', () => PayoutType);

@ObjectType('PayoutExclusion', { description: 'A partner that a batch left out, and why.', simpleResolvers: true })
export class PayoutExclusionType {
  /** Not part of the API. */
  readonly partnerId: string;

  @Field(() => WithheldReasonEnum, { description: 'Why.' })
  readonly reason: WithheldReason;

  @Field(() => String, { description: 'Why, in one sentence with its figures.' })
  readonly explanation: string;

  @Field(() => MoneyType, { description: 'What was payable; negative when later earnings have to recover it.' })
  readonly payable: MoneyType;
}

export const PayoutExclusionConnection = connectionOf('PayoutExclusion', () => PayoutExclusionType);

export const PayoutBatchStepType = lifecycleStepOf<PayoutBatchState>('PayoutBatch', () => PayoutBatchStateEnum);
export type PayoutBatchStepType = InstanceType<typeof PayoutBatchStepType>;

@ObjectType('PayoutStep', { description: "A step of a payout's lifecycle.", simpleResolvers: true })
export class PayoutStepType {
  @Field(() => PayoutStateEnum, { nullable: true, description: 'State before; absent for the first step.' })
  readonly from: PayoutState | null;

  @Field(() => PayoutStateEnum, { description: 'State after.' })
  readonly to: PayoutState;

  @Field(() => String, { description: 'Who did it: "user:..." or "system:...".' })
  readonly by: string;

  @Field(() => String, { description: 'Why.' })
  readonly reason: string;

  @Field(() => String, { nullable: true, description: 'How the bank names it, where it answered.' })
  readonly reference: string | null;

  @Field(() => Date, { description: 'When.' })
  readonly at: Date;
}

export function toPayoutBatch({ id, totalMinor, ...facts }: PayoutBatchRow): PayoutBatchType {
  const { currency, cutOffAt, state, payoutCount, createdBy, createdAt, fileSha256 } = facts;
  const global = globalId('PayoutBatch', id);
  const hasFile = fileSha256 !== null && state !== 'CANCELLED';
  return build(PayoutBatchType, {
    id: global,
    localId: id,
    currency,
    cutOffAt,
    state,
    payoutCount,
    total: toMoney(totalMinor, currency),
    createdBy,
    createdAt,
    fileSha256,
    filePath: hasFile ? `/payouts/${global}.csv` : null,
  });
}

export function toPayout(row: PayoutRow): PayoutType {
  const { id, amountMinor, currency, state, createdAt } = row;
  const facts = { amount: toMoney(amountMinor, currency), state, reference: payoutReference(id), createdAt };
  return build(PayoutType, { id: globalId('Payout', id), localId: id, row, ...facts });
}

export function toPayoutExclusion(row: PayoutExclusionRow): PayoutExclusionType {
  const { partnerId, reason, explanation, payableMinor, currency } = row;
  return build(PayoutExclusionType, { partnerId, reason, explanation, payable: toMoney(payableMinor, currency) });
}

export function toPayoutBatchStep({ fromState, toState, by, reason, at }: PayoutBatchStepRow): PayoutBatchStepType {
  return build(PayoutBatchStepType, { from: fromState, to: toState, by, reason, at });
}

export function toPayoutStep({ fromState, toState, by, reason, reference, at }: PayoutStepRow): PayoutStepType {
  return build(PayoutStepType, { from: fromState, to: toState, by, reason, reference, at });
}
