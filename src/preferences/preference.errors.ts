import { DomainError } from '../shared/domain-error.ts';

/** The person blocks as many partners as anybody may. */
export class TooManyBlocksError extends DomainError {
  readonly code = 'TOO_MANY_BLOCKS';
  readonly limit: number;

  constructor(limit: number) {
    super(`You block ${limit} partners, which is as many as anybody may: unblock one first.`);
    this.limit = limit;
  }
}
