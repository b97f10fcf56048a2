import { DomainError } from '../shared/domain-error.ts';

/** Wrong address or wrong password: the answer does not say which. */
export class InvalidCredentialsError extends DomainError {
  readonly code = 'INVALID_CREDENTIALS';

  constructor() {
    super('E-mail address and password do not match.');
  }
}

/** Too many log-ins were tried for this account from this address, or log-ins or sign-ups from this address at all. */
export class TooManyAttemptsError extends DomainError {
  readonly code = 'TOO_MANY_ATTEMPTS';
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super(`Too many attempts: try again in ${retryAfterSeconds} seconds.`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
