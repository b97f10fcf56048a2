export { ACCOUNT_KINDS, Account, type AccountKind, AccountSchema } from './account.entity.ts';
export { LedgerTransaction, LedgerTransactionSchema } from './ledger-transaction.entity.ts';
export { Posting, PostingSchema } from './posting.entity.ts';
export { Seal, SealSchema } from './seal.entity.ts';
export { UnsealedTransaction, UnsealedTransactionSchema } from './unsealed-transaction.entity.ts';
