import { DomainError } from '../shared/domain-error.ts';

export type WebhookRefusal =
  | 'MALFORMED'
  | 'SIGNATURE'
  | 'TIMESTAMP'
  | 'UNKNOWN_PROVIDER'
  | 'UNKNOWN_PAYMENT'
  | 'MISMATCH';

/** A webhook that changes nothing. */
export class WebhookRefusedError extends DomainError {
  readonly code = 'WEBHOOK_REFUSED';
  readonly refusal: WebhookRefusal;

  constructor(refusal: WebhookRefusal, message: string) {
    super(message);
    this.refusal = refusal;
  }
}
