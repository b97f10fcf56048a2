import { Field, ID, Int, ObjectType } from 'type-graphql';
import {
  AgeRestrictedError,
  AlreadyOwnedError,
  AlreadyRefundedError,
  NotOnOfferError,
  NotRefundableError,
  OrderNotOpenError,
  type OrderState,
  PaymentDisputedError,
  RefundTooHighError,
} from '../../src/orders/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { CouponNotUsableFailure } from '../pricing/coupon.results.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';
import { mutationResult } from '../shared/mutation-result.ts';
import {
  ForbiddenFailure,
  IdempotencyConflictFailure,
  InvalidInputFailure,
  UnauthenticatedFailure,
  UserError,
} from '../shared/user-error.ts';
import { OrderStateEnum, OrderType } from './order.type.ts';

@ObjectType('PlaceOrderSuccess', { description: 'The order is placed.', simpleResolvers: true })
export class PlaceOrderSuccess {
  @Field(() => OrderType, { description: 'The order. What costs nothing is PAID at once.' })
  readonly order: OrderType;
}

@ObjectType('RefundOrderSuccess', { description: 'The refund is under way.', simpleResolvers: true })
export class RefundOrderSuccess {
  @Field(() => OrderType, { description: 'The order, REFUNDED once the provider has paid back.' })
  readonly order: OrderType;
}

@ObjectType('CancelOrderSuccess', { description: 'The order is cancelled.', simpleResolvers: true })
export class CancelOrderSuccess {
  @Field(() => OrderType, { description: 'The order. What is collected for it all the same goes back.' })
  readonly order: OrderType;
}

@ObjectType('TellSandboxDisputeSuccess', { description: 'The sandbox has told.', simpleResolvers: true })
export class TellSandboxDisputeSuccess {
  @Field(() => OrderType, { description: 'The order whose payment is disputed.' })
  readonly order: OrderType;
}

@ObjectType('NotOnOfferError', { implements: UserError, description: 'Some contents cannot be bought now.' })
export class NotOnOfferFailure extends UserError {
  static readonly source = NotOnOfferError;

  /** From the error; not part of the API. */
  readonly localContentIds: readonly string[];

  @Field(() => [ID], { description: 'Which ones: absent, not published, or not licensed where the viewer is.' })
  contentIds(): string[] {
    return this.localContentIds.map((id) => globalId('Content', id));
  }
}

@ObjectType('AgeRestrictedError', {
  implements: UserError,
  description: 'Some contents are for older people than the viewer is known to be.',
})
export class AgeRestrictedFailure extends UserError {
  static readonly source = AgeRestrictedError;

  /** From the error; not part of the API. */
  readonly localContentIds: readonly string[];

  @Field(() => Int, { description: 'The highest age that one of them asks for, in years.' })
  readonly minAge: number;

  @Field(() => [ID], { description: 'Which ones. A year of birth in the profile may open them.' })
  contentIds(): string[] {
    return this.localContentIds.map((id) => globalId('Content', id));
  }
}

@ObjectType('AlreadyOwnedError', { implements: UserError, description: 'The viewer has some contents already.' })
export class AlreadyOwnedFailure extends UserError {
  static readonly source = AlreadyOwnedError;

  /** From the error; not part of the API. */
  readonly localContentIds: readonly string[];

  @Field(() => [ID], { description: 'Which ones: owned, or in an order that is being paid.' })
  contentIds(): string[] {
    return this.localContentIds.map((id) => globalId('Content', id));
  }
}

@ObjectType('NotRefundableError', { implements: UserError, description: 'Nothing was paid that could go back.' })
export class NotRefundableFailure extends UserError {
  static readonly source = NotRefundableError;

  @Field(() => OrderStateEnum, { description: 'State of the order.' })
  readonly state: OrderState;
}

@ObjectType('AlreadyRefundedError', { implements: UserError, description: 'The payment went back, or is about to.' })
export class AlreadyRefundedFailure extends UserError {
  static readonly source = AlreadyRefundedError;
}

@ObjectType('RefundTooHighError', { implements: UserError, description: 'Less than that is left of the payment.' })
export class RefundTooHighFailure extends UserError {
  static readonly source = RefundTooHighError;

  /** From the error; not part of the API. */
  readonly leftMinor: bigint;

  /** From the error; not part of the API. */
  readonly currency: string;

  @Field(() => MoneyType, { description: 'What can still go back.' })
  left(): MoneyType {
    return toMoney(this.leftMinor, this.currency);
  }
}

@ObjectType('PaymentDisputedError', { implements: UserError, description: "The buyer's bank disputes the payment." })
export class PaymentDisputedFailure extends UserError {
  static readonly source = PaymentDisputedError;
}

@ObjectType('OrderNotOpenError', { implements: UserError, description: 'The order does not wait for its payment.' })
export class OrderNotOpenFailure extends UserError {
  static readonly source = OrderNotOpenError;

  @Field(() => OrderStateEnum, { description: 'State of the order.' })
  readonly state: OrderState;
}

export const PlaceOrderResult = mutationResult({
  name: 'PlaceOrderResult',
  success: PlaceOrderSuccess,
  failures: [
    UnauthenticatedFailure,
    InvalidInputFailure,
    IdempotencyConflictFailure,
    NotOnOfferFailure,
    AgeRestrictedFailure,
    AlreadyOwnedFailure,
    CouponNotUsableFailure,
  ],
});

export const RefundOrderResult = mutationResult({
  name: 'RefundOrderResult',
  success: RefundOrderSuccess,
  failures: [
    UnauthenticatedFailure,
    ForbiddenFailure,
    InvalidInputFailure,
    IdempotencyConflictFailure,
    AlreadyRefundedFailure,
    NotRefundableFailure,
    RefundTooHighFailure,
    PaymentDisputedFailure,
  ],
});

export const CancelOrderResult = mutationResult({
  name: 'CancelOrderResult',
  success: CancelOrderSuccess,
  failures: [UnauthenticatedFailure, ForbiddenFailure, OrderNotOpenFailure],
});

export const TellSandboxDisputeResult = mutationResult({
  name: 'TellSandboxDisputeResult',
  success: TellSandboxDisputeSuccess,
  failures: [UnauthenticatedFailure, ForbiddenFailure, InvalidInputFailure],
});
