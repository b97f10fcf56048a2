import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import {
  CANCELLATIONS,
  type Cancellation,
  type EntitlementRow,
  ORDER_STATES,
  type OrderItemRow,
  type OrderRow,
  type OrderState,
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
  description: 'PLACED waits for its payment; PAID gives access; CANCELLED was not paid; REFUNDED went back entirely.',
});

export const CancellationEnum = enumOf(CANCELLATIONS);
registerEnumType(CancellationEnum, {
  name: 'Cancellation',
  description: 'PAYMENT_FAILED: the provider declined; EXPIRED: nobody paid in time; WITHDRAWN: somebody cancelled it.',
});

@ObjectType('OrderItem', { description: 'One content of an order.', simpleResolvers: true })
export class OrderItemType {
  /** Not part of the API. */
  readonly contentId: string;

  @Field(() => ID, { description: 'Identifier of the item.' })
  readonly id: string;

  @Field(() => MoneyType, { description: 'Its price when it was ordered, before any discount.' })
  readonly listPrice: MoneyType;

  @Field(() => MoneyType, { description: 'What a coupon took off.' })
  readonly discount: MoneyType;

  @Field(() => MoneyType, { description: 'What the learner pays for it: the list price less the discount.' })
  readonly price: MoneyType;

  @Field(() => MoneyType, { description: 'The tax within what the learner pays.' })
  readonly tax: MoneyType;
}

@ObjectType('Order', { implements: Node, description: 'A purchase of one or more contents.', simpleResolvers: true })
export class OrderType extends Node {
  /** Not part of the API. */
  readonly couponId: string | null;

  /** That of all its amounts; part of the API with each of them. */
  readonly currency: string;

  @Field(() => OrderStateEnum, { description: 'How far it is.' })
  readonly state: OrderState;

  @Field(() => MoneyType, { description: 'What the learner pays: the sum of its prices.' })
  readonly total: MoneyType;

  @Field(() => Date, { description: 'When the learner ordered.' })
  readonly placedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When its payment was collected.' })
  readonly paidAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When all of its payment was back.' })
  readonly refundedAt: Date | null;

  @Field(() => CancellationEnum, { nullable: true, description: 'Why it was cancelled.' })
  readonly cancellation: Cancellation | null;

  @Field(() => Date, { nullable: true, description: 'When it was cancelled.' })
  readonly cancelledAt: Date | null;
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

export function toOrder({ id, userId: _, totalMinor, currency, ...row }: OrderRow): OrderType {
  const facts = { ...row, currency, total: toMoney(totalMinor, currency) };
  return build(OrderType, { id: globalId('Order', id), localId: id, ...facts });
}

export function toOrderItem({ id, contentId, currency, ...row }: OrderItemRow): OrderItemType {
  return build(OrderItemType, {
    id: globalId('OrderItem', id),
    contentId,
    listPrice: toMoney(row.listPriceMinor, currency),
    discount: toMoney(row.discountMinor, currency),
    price: toMoney(row.priceMinor, currency),
    tax: toMoney(row.taxMinor, currency),
  });
}

export function toEntitlement({ contentId, orderId, grantedAt }: EntitlementRow): EntitlementType {
  return build(EntitlementType, { contentId, orderId: globalId('Order', orderId), grantedAt });
}
