import { DomainError } from '../shared/domain-error.ts';
import type { OrderState } from './order.state.ts';

/** Some contents cannot be bought now where the learner is: absent, not published, or not licensed. */
export class NotOnOfferError extends DomainError {
  readonly code = 'NOT_ON_OFFER';
  readonly localContentIds: readonly string[];

  constructor(contentIds: readonly string[]) {
    super('Some of the contents are not on offer now where you are.');
    this.localContentIds = contentIds;
  }
}

/** The learner has some of the contents, or an order for them is being paid. */
export class AlreadyOwnedError extends DomainError {
  readonly code = 'ALREADY_OWNED';
  readonly localContentIds: readonly string[];

  constructor(contentIds: readonly string[]) {
    super('You have some of the contents already, or an order for them is being paid.');
    this.localContentIds = contentIds;
  }
}

/** Nothing was paid for the order, so that nothing can go back. */
export class NotRefundableError extends DomainError {
  readonly code = 'NOT_REFUNDABLE';
  readonly state: OrderState;

  constructor(state: OrderState) {
    super(`No payment of this order can go back: it is ${state}.`);
    this.state = state;
  }
}

/** The whole payment went back already, or is on its way. */
export class AlreadyRefundedError extends DomainError {
  readonly code = 'ALREADY_REFUNDED';

  constructor() {
    super('The payment of this order has gone back already, or is on its way.');
  }
}
