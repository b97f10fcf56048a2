import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import {
  type EntitlementRow,
  ORDER_STATES,
  type OrderItemRow,
  type OrderRow,
  type OrderState,
  PAYMENT_STATES,
  type PaymentRow,
  type PaymentState,
  REFUND_STATES,
  type RefundRow,
  type RefundState,
} from '../../src/orders/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { enumOf } from '../shared/enum.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';
import { Node } from '../shared/node.type.ts';

export const OrderStateEnum = enumOf(ORDER_STATES);
registerEnumType(OrderStateEnum, {
  name: 'OrderState',
  description: 'PLACED waits for its payment; PAID gives access; CANCELLED was declined; REFUNDED went back.',
});

export const PaymentStateEnum = enumOf(PAYMENT_STATES);
registerEnumType(PaymentStateEnum, { name: 'PaymentState', description: 'How far the collection of an order is.' });

export const RefundStateEnum = enumOf(REFUND_STATES);
registerEnumType(RefundStateEnum, { name: 'RefundState', description: 'How far a refund is.' });

@ObjectType('Payment', { description: "The collection of an order's total.", simpleResolvers: true })
export class PaymentType {
  @Field(() => ID, { description: 'Identifier of the payment.' })
  readonly id: string;

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

@ObjectType('OrderItem', { description: 'One content of an order.', simpleResolvers: true })
export class OrderItemType {
  /** Not part of the API. */
  readonly contentId: string;

  @Field(() => ID, { description: 'Identifier of the item.' })
  readonly id: string;

  @Field(() => MoneyType, { description: 'Its price when it was ordered.' })
  readonly price: MoneyType;
}

@ObjectType('Order', { implements: Node, description: 'A purchase of one or more contents.', simpleResolvers: true })
export class OrderType extends Node {
  @Field(() => OrderStateEnum, { description: 'How far it is.' })
  readonly state: OrderState;

  @Field(() => MoneyType, { description: 'Sum of its prices.' })
  readonly total: MoneyType;

  @Field(() => Date, { description: 'When the learner ordered.' })
  readonly placedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When its payment was collected.' })
  readonly paidAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When its payment went back.' })
  readonly refundedAt: Date | null;
}

export const OrderConnection = connectionOf('Order', () => OrderType);

@ObjectType('Entitlement', { description: 'The right to use a content.', simpleResolvers: true })
export class EntitlementType {
  /** Not part of the API. */
  readonly contentId: string;

  @Field(() => ID, { description: 'Identifier of the order that gave it.' })
  readonly orderId: string;

  @Field(() => Date, { description: 'Since when.' })
  readonly grantedAt: Date;
}

export const EntitlementConnection = connectionOf('Entitlement', () => EntitlementType);

export function toOrder({ id, state, totalMinor, currency, placedAt, paidAt, refundedAt }: OrderRow): OrderType {
  const facts = { state, total: toMoney(totalMinor, currency), placedAt, paidAt, refundedAt };
  return build(OrderType, { id: globalId('Order', id), localId: id, ...facts });
}

export function toOrderItem({ id, contentId, priceMinor, currency }: OrderItemRow): OrderItemType {
  return build(OrderItemType, { id: globalId('OrderItem', id), contentId, price: toMoney(priceMinor, currency) });
}

export function toPayment(row: PaymentRow): PaymentType {
  const { id, provider, providerReference, method, state, amountMinor, feeMinor, currency, failure, capturedAt } = row;
  const fee = feeMinor === null ? null : toMoney(feeMinor, currency);
  const facts = { provider, providerReference, method, state, amount: toMoney(amountMinor, currency), fee };
  return build(PaymentType, { id: globalId('Payment', id), ...facts, failure, capturedAt });
}

export function toRefund(row: RefundRow): RefundType {
  const { id, amountMinor, currency, reason, state, failure, requestedAt, settledAt } = row;
  const facts = { amount: toMoney(amountMinor, currency), reason, state, failure, requestedAt, settledAt };
  return build(RefundType, { id: globalId('Refund', id), ...facts });
}

export function toEntitlement({ contentId, orderId, grantedAt }: EntitlementRow): EntitlementType {
  return build(EntitlementType, { contentId, orderId: globalId('Order', orderId), grantedAt });
}
