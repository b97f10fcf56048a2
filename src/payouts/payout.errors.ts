import { DomainError } from '../shared/domain-error.ts';

/** Two people stand behind every payment: who proposed it does not approve it. */
export class SamePersonError extends DomainError {
  readonly code = 'SAME_PERSON';

  constructor() {
    super('Somebody else than who proposed the batch has to approve it.');
  }
}

/** Nobody can be paid: a batch would be empty. */
export class NothingToPayError extends DomainError {
  readonly code = 'NOTHING_TO_PAY';
  readonly currency: string;

  constructor(currency: string) {
    super(`Nothing can be paid out in ${currency} now. The list of payables says why, for each partner.`);
    this.currency = currency;
  }
}

/** Whoever belongs to a partner has no hand in what is paid to it. */
export class OwnPayoutError extends DomainError {
  readonly code = 'OWN_PAYOUT';
  /** Not part of the API by this name: the identifiers of the partners that the person belongs to. */
  readonly localPartnerIds: readonly string[];

  constructor(partners: readonly { readonly id: string; readonly name: string }[]) {
    const names = partners.map(({ name }) => name).join(', ');
    super(`You belong to ${names}, which is paid here: somebody else has to do this.`);
    this.localPartnerIds = partners.map(({ id }) => id);
  }
}

/** Since the batch was proposed, partners were suspended, gave another account, or have less than they would be paid. */
export class StaleBatchError extends DomainError {
  readonly code = 'STALE_BATCH';
  /** Not part of the API by this name: the identifiers of the partners. */
  readonly localPartnerIds: readonly string[];

  constructor(partnerIds: readonly string[]) {
    super(
      'Since the batch was proposed, partners were suspended, gave another account, or money of theirs went back: ' +
        'cancel it and propose again.',
    );
    this.localPartnerIds = partnerIds;
  }
}

/** There is a file once a second person has approved, and none any more when the batch was cancelled. */
export class NoPayoutFileError extends DomainError {
  readonly code = 'NO_PAYOUT_FILE';

  constructor(state: string) {
    super(`A batch has a payout file from its approval on; this one is ${state}.`);
  }
}
