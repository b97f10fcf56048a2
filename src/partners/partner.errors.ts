import { DomainError } from '../shared/domain-error.ts';

/** A partner always has somebody who may change its members. */
export class LastOwnerError extends DomainError {
  readonly code = 'LAST_OWNER';

  constructor() {
    super('The last owner of a partner stays: make somebody else an owner first.');
  }
}

/** The person has a role at the partner already. */
export class AlreadyMemberError extends DomainError {
  readonly code = 'ALREADY_MEMBER';

  constructor() {
    super('The person is a member already: remove them first to give another role.');
  }
}

/** Nobody signed up with that address. */
export class UnknownPersonError extends DomainError {
  readonly code = 'UNKNOWN_PERSON';

  constructor() {
    super('Nobody has signed up with this e-mail address.');
  }
}
