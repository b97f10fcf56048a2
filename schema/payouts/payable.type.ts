import { Field, ObjectType } from 'type-graphql';
import type { WaitingPart } from '../../src/partner-accounts/index.ts';
import type { PayableRow, WithheldReason } from '../../src/payouts/index.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';
import { WaitingForEnum, WithheldReasonEnum } from './payout.enums.ts';

@ObjectType('Payable', {
  description:
    'What can be paid to a partner in one currency. available + deducted + paidOut - underWay = payable, and ' +
    'payout + carriedOver = payable; available + waiting + deducted + paidOut = balance.',
  simpleResolvers: true,
})
export class PayableType {
  /** Not part of the API. */
  readonly row: PayableRow;

  @Field(() => String, { description: 'Currency, ISO 4217.' })
  readonly currency: string;

  @Field(() => Date, { description: 'The instant that it holds for.' })
  readonly at: Date;

  @Field(() => MoneyType, { description: 'What the platform owes in all, available or not.' })
  readonly balance: MoneyType;

  @Field(() => MoneyType, { description: 'Earned, on a closed statement, and past its hold days.' })
  readonly available: MoneyType;

  @Field(() => MoneyType, { description: 'Earned, and not both of that yet: see waitingParts.' })
  readonly waiting: MoneyType;

  @Field(() => MoneyType, { description: 'What went back by refunds and the like. It counts at once.' })
  readonly deducted: MoneyType;

  @Field(() => MoneyType, { description: 'Payouts, less what the bank returned.' })
  readonly paidOut: MoneyType;

  @Field(() => MoneyType, { description: 'Kept for payouts that the bank has not answered for.' })
  readonly underWay: MoneyType;

  @Field(() => MoneyType, { description: 'Negative when more went back than was left: later earnings recover it.' })
  readonly payable: MoneyType;

  @Field(() => MoneyType, { description: "From how much on the partner's contracts pay out." })
  readonly minimum: MoneyType;

  @Field(() => MoneyType, { description: 'What a batch would pay out now.' })
  readonly payout: MoneyType;

  @Field(() => MoneyType, { description: 'What a batch would leave for later.' })
  readonly carriedOver: MoneyType;

  @Field(() => WithheldReasonEnum, { nullable: true, description: 'Why nothing would be paid; absent when it would.' })
  readonly reason: WithheldReason | null;

  @Field(() => String, { nullable: true, description: 'The reason in one sentence, with its figures.' })
  readonly explanation: string | null;
}

@ObjectType('WaitingPart', { description: 'Earnings that cannot be paid out yet.', simpleResolvers: true })
export class WaitingPartType {
  @Field(() => String, { description: 'Month in which it was earned, "2026-10".' })
  readonly period: string;

  @Field(() => WaitingForEnum, { description: 'What it waits for.' })
  readonly waitsFor: WaitingPart['waitsFor'];

  @Field(() => Date, { description: 'From when on it is past its hold days.' })
  readonly availableAt: Date;

  @Field(() => MoneyType, { description: 'How much.' })
  readonly amount: MoneyType;
}

export const PayableConnection = connectionOf('Payable', () => PayableType);

export function toPayable(row: PayableRow): PayableType {
  const { currency, at, availableMinor, waitingMinor, deductedMinor, paidOutMinor, reason, explanation } = row;
  const money = (minor: bigint) => toMoney(minor, currency);
  return build(PayableType, {
    row,
    currency,
    at,
    balance: money(availableMinor + waitingMinor + deductedMinor + paidOutMinor),
    available: money(availableMinor),
    waiting: money(waitingMinor),
    deducted: money(deductedMinor),
    paidOut: money(paidOutMinor),
    underWay: money(row.underWayMinor),
    payable: money(row.payableMinor),
    minimum: money(row.minimumMinor),
    payout: money(row.payoutMinor),
    carriedOver: money(row.carriedOverMinor),
    reason,
    explanation,
  });
}

export function toWaitingPart({ period, waitsFor, availableAt, amountMinor }: WaitingPart, currency: string) {
  return build(WaitingPartType, { period, waitsFor, availableAt, amount: toMoney(amountMinor, currency) });
}
