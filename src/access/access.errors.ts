import { DomainError } from '../shared/domain-error.ts';

/** Wrong address or wrong password: the answer does not say which. */
export class InvalidCredentialsError extends DomainError {
  readonly code = 'INVALID_CREDENTIALS';

  constructor() {
    super('E-mail address and password do not match.');
  }
}
