export const LEDGER_FAULTS = [
  /** The postings of a transaction do not sum to zero in some currency. */
  'UNBALANCED',
  /** A transaction or its postings are no longer what was posted. */
  'CONTENT_CHANGED',
  /** A number of the chain is missing. */
  'LINK_MISSING',
  /** A link does not follow from the one before it and its transaction. */
  'LINK_BROKEN',
  /** A link's transaction is gone. */
  'TRANSACTION_MISSING',
  /** A transaction has no link and does not wait for one. */
  'TRANSACTION_STRAY',
  /** There are postings that belong to no transaction. */
  'POSTING_STRAY',
  /** The chain no longer contains the head that an earlier verification noted. */
  'HEAD_DIFFERS',
  /** A hold is not in the state that its steps led to. */
  'HOLD_DIFFERS',
  /** A sum that balances are read from is not that of the postings. */
  'BALANCE_DIFFERS',
  /** A check of what others make of the books failed. */
  'AUDIT_FAILED',
] as const;
export type LedgerFaultKind = (typeof LEDGER_FAULTS)[number];

/** The first thing that is not as it was posted. */
export interface LedgerFault {
  readonly kind: LedgerFaultKind;
  readonly transactionId: string | null;
  /** Place in the chain; null for a transaction without a link. */
  readonly sequence: bigint | null;
  readonly detail: string;
}
