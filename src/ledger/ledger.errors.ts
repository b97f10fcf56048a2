import { DomainError } from '../shared/domain-error.ts';

/** The account has less available than is wanted: its balance less what is held. */
export class InsufficientFundsError extends DomainError {
  readonly code = 'INSUFFICIENT_FUNDS';
  readonly accountCode: string;
  readonly currency: string;
  /** What was available before, in minor units on the account's normal side. */
  readonly availableMinor: bigint;

  constructor(account: { readonly code: string; readonly currency: string }, availableMinor: bigint) {
    super(`Too little is available on ${account.code}: ${availableMinor} ${account.currency} in minor units.`);
    this.accountCode = account.code;
    this.currency = account.currency;
    this.availableMinor = availableMinor;
  }
}
