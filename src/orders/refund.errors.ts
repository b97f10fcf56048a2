import { DomainError } from '../shared/domain-error.ts';
import { Money } from '../shared/money.ts';
import type { OrderState } from './order.state.ts';

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

/** Less than that is left of the payment. */
export class RefundTooHighError extends DomainError {
  readonly code = 'REFUND_TOO_HIGH';
  readonly leftMinor: bigint;
  readonly currency: string;

  constructor(leftMinor: bigint, currency: string) {
    super(`Of this payment no more than ${Money.ofMinor(leftMinor, currency)} can still go back.`);
    this.leftMinor = leftMinor;
    this.currency = currency;
  }
}

/** The buyer's bank has taken the payment back and nobody knows yet whether for good. */
export class PaymentDisputedError extends DomainError {
  readonly code = 'PAYMENT_DISPUTED';

  constructor() {
    super("The buyer's bank disputes this payment: nothing can be refunded before that is decided.");
  }
}
