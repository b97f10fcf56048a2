export { ACCOUNT_KINDS, type AccountKind, AccountSchema } from './account.entity.ts';
export { type AccountRef, chartOfAccounts } from './chart-of-accounts.ts';
export type { Entry, EntryPosting, PostedEntry } from './entry.ts';
export { type AccountRow, findBalances, type LedgerTables } from './ledger.queries.ts';
export { LedgerService } from './ledger.service.ts';
export { LedgerTransaction, LedgerTransactionSchema } from './ledger-transaction.entity.ts';
export {
  LEDGER_FAULTS,
  type LedgerFaultKind,
  type LedgerVerification,
} from './ledger-verification.ts';
export { Posting, PostingSchema } from './posting.entity.ts';
export { SealSchema } from './seal.entity.ts';
export { UnsealedTransactionSchema } from './unsealed-transaction.entity.ts';
