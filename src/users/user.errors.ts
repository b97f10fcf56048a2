import { DomainError } from '../shared/domain-error.ts';

export class EmailTakenError extends DomainError {
  readonly code = 'EMAIL_TAKEN';

  constructor() {
    super('There is an account with this e-mail address: log in instead.');
  }
}
