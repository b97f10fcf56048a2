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

/** Some contents are for older people than the learner is known to be. */
export class AgeRestrictedError extends DomainError {
  readonly code = 'AGE_RESTRICTED';
  readonly localContentIds: readonly string[];
  /** The highest age that one of them asks for, in years. */
  readonly minAge: number;

  constructor(contentIds: readonly string[], minAge: number) {
    super(
      `Some of the contents are for people of ${minAge} or older, and your year of birth does not say that you are.`,
    );
    this.localContentIds = contentIds;
    this.minAge = minAge;
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

/** The order does not wait for its payment any more. */
export class OrderNotOpenError extends DomainError {
  readonly code = 'ORDER_NOT_OPEN';
  readonly state: OrderState;

  constructor(state: OrderState) {
    super(`Only an order that waits for its payment can be cancelled: this one is ${state}.`);
    this.state = state;
  }
}
