import { Field, ID, ObjectType } from 'type-graphql';
import {
  AlreadyOwnedError,
  AlreadyRefundedError,
  NotOnOfferError,
  NotRefundableError,
  type OrderState,
} from '../../src/orders/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
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

export const PlaceOrderResult = mutationResult({
  name: 'PlaceOrderResult',
  success: PlaceOrderSuccess,
  failures: [
    UnauthenticatedFailure,
    InvalidInputFailure,
    IdempotencyConflictFailure,
    NotOnOfferFailure,
    AlreadyOwnedFailure,
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
  ],
});
