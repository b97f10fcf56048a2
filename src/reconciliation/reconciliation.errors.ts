import { DomainError } from '../shared/domain-error.ts';

export class SettlementFileTooLargeError extends DomainError {
  readonly code = 'PAYLOAD_TOO_LARGE';
  readonly maxBytes: number;

  constructor(maxBytes: number) {
    super(`A settlement file has at most ${maxBytes} bytes. It may come in a ZIP or as gzip.`);
    this.maxBytes = maxBytes;
  }
}
