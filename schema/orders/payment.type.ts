import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import {
  PAYMENT_STATES,
  type PaymentEventRow,
  type PaymentRow,
  type PaymentState,
  REFUND_STATES,
  type RefundRow,
  type RefundState,
} from '../../src/orders/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import { enumOf } from '../shared/enum.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';

export const PaymentStateEnum = enumOf(PAYMENT_STATES);
registerEnumType(PaymentStateEnum, {
  name: 'PaymentState',
  description: 'How far the collection of an order is. AUTHORISED: the sum is reserved; REFUNDED: all of it is back.',
});

export const RefundStateEnum = enumOf(REFUND_STATES);
registerEnumType(RefundStateEnum, { name: 'RefundState', description: 'How far a refund is.' });

@ObjectType('Payment', { description: "The collection of an order's total.", simpleResolvers: true })
export class PaymentType {
  @Field(() => ID, { description: 'Identifier of the payment.' })
  readonly id: string;

  /** Not part of the API. */
  readonly localId: string;

  @Field(() => String, { description: 'The payment provider.' })
  readonly provider: string;

  @Field(() => String, { nullable: true, description: "The provider's own name of the payment." })
  readonly providerReference: string | null;

  @Field(() => String, { description: 'What is paid with, as the provider names it.' })
  readonly method: string;

  @Field(() => PaymentStateEnum, { description: 'How far it is.' })
  readonly state: PaymentState;

  @Field(() => MoneyType, { description: 'What the learner pays.' })
  readonly amount: MoneyType;

  @Field(() => MoneyType, { nullable: true, description: 'What the provider keeps of it; known once captured.' })
  readonly fee: MoneyType | null;

  @Field(() => String, { nullable: true, description: 'Why it failed.' })
  readonly failure: string | null;

  @Field(() => Date, { nullable: true, description: 'When the provider had reserved it, where it does that first.' })
  readonly authorisedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the provider collected it.' })
  readonly capturedAt: Date | null;
}

@ObjectType('Refund', { description: 'Money that goes back to the learner.', simpleResolvers: true })
export class RefundType {
  @Field(() => ID, { description: 'Identifier of the refund.' })
  readonly id: string;

  @Field(() => MoneyType, { description: 'How much.' })
  readonly amount: MoneyType;

  @Field(() => String, { description: 'Why.' })
  readonly reason: string;

  @Field(() => RefundStateEnum, { description: 'How far it is.' })
  readonly state: RefundState;

  @Field(() => String, { nullable: true, description: 'Why the provider could not pay back.' })
  readonly failure: string | null;

  @Field(() => Date, { description: 'When it was asked for.' })
  readonly requestedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When the provider paid back.' })
  readonly settledAt: Date | null;
}

@ObjectType('PaymentEvent', { description: 'Something that the payment provider told.', simpleResolvers: true })
export class PaymentEventType {
  @Field(() => String, { description: "The provider's own name of the event." })
  readonly eventId: string;

  @Field(() => String, { description: 'What happened, such as PAYMENT_CAPTURED, REFUND_SUCCEEDED, CHARGEBACK_OPENED.' })
  readonly type: string;

  @Field(() => Date, { description: 'When it happened, by the provider.' })
  readonly occurredAt: Date;

  @Field(() => Date, { description: 'When it was told.' })
  readonly receivedAt: Date;
}

export function toPayment(row: PaymentRow): PaymentType {
  const { id, provider, providerReference, method, state, amountMinor, feeMinor, currency, failure } = row;
  const { authorisedAt, capturedAt } = row;
  const fee = feeMinor === null ? null : toMoney(feeMinor, currency);
  const facts = { provider, providerReference, method, state, amount: toMoney(amountMinor, currency), fee };
  return build(PaymentType, { id: globalId('Payment', id), localId: id, ...facts, failure, authorisedAt, capturedAt });
}

export function toRefund(row: RefundRow): RefundType {
  const { id, amountMinor, currency, reason, state, failure, requestedAt, settledAt } = row;
  const facts = { amount: toMoney(amountMinor, currency), reason, state, failure, requestedAt, settledAt };
  return build(RefundType, { id: globalId('Refund', id), ...facts });
}

export function toPaymentEvent({ paymentId: _, ...event }: PaymentEventRow): PaymentEventType {
  return build(PaymentEventType, event);
}
