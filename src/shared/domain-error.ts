/**
 * A failure that a caller can act on. Services throw these, so that the transaction rolls back; the API turns the
 * declared ones into union members and the others into `extensions.code`.
 */
export abstract class DomainError extends Error {
  /** Stable, upper snake case, part of the API. */
  abstract readonly code: string;

  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

/** The caller may not do this, or the thing does not exist: the answer is the same on purpose. */
export class ForbiddenError extends DomainError {
  readonly code = 'FORBIDDEN';

  constructor(message = 'You may not do this, or it does not exist.') {
    super(message);
  }
}

export class UnauthenticatedError extends DomainError {
  readonly code = 'UNAUTHENTICATED';

  constructor(message = 'Log in first: the request carries no valid session.') {
    super(message);
  }
}

/** An input that has the right type and a wrong value. */
export class InvalidInputError extends DomainError {
  readonly code = 'INVALID_INPUT';
  /** Path of the offending field within the input, dotted: `items.2.price`. */
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

/** The same idempotency key came with another input. */
export class IdempotencyConflictError extends DomainError {
  readonly code = 'IDEMPOTENCY_CONFLICT';
  readonly key: string;

  constructor(key: string) {
    super(`The idempotency key "${key}" was used before with another input.`);
    this.key = key;
  }
}

/** A lifecycle does not allow this step from where the thing is. */
export class IllegalTransitionError extends DomainError {
  readonly code = 'ILLEGAL_TRANSITION';
  readonly from: string;
  readonly to: string;

  constructor(what: string, from: string, to: string) {
    super(`A ${what} cannot go from ${from} to ${to}.`);
    this.from = from;
    this.to = to;
  }
}
