import { DomainError } from '../shared/domain-error.ts';

/** More would be paid back than was paid. */
export class RefundExceedsSaleError extends DomainError {
  readonly code = 'REFUND_EXCEEDS_SALE';
  readonly refundId: string;

  constructor(refundId: string) {
    super(`With refund ${refundId} more would be paid back for the order than was paid.`);
    this.refundId = refundId;
  }
}
