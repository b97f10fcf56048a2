export { ACCOUNT_KINDS, type AccountKind, AccountSchema } from './account.entity.ts';
export { type BalanceInstant, findBalances } from './balance.queries.ts';
export { BalanceBucketSchema } from './balance-bucket.entity.ts';
export { type AccountRef, chartOfAccounts } from './chart-of-accounts.ts';
export type { Entry, EntryPosting, PostedEntry } from './entry.ts';
export { HoldSchema } from './hold.entity.ts';
export type { HoldInput, HoldStepInput, PlacedHold } from './hold-keeper.ts';
export { HoldStepSchema } from './hold-step.entity.ts';
export { InsufficientFundsError } from './ledger.errors.ts';
export type { AccountRow, LedgerTables } from './ledger.queries.ts';
export { LedgerService } from './ledger.service.ts';
export { LedgerTransaction, LedgerTransactionSchema } from './ledger-transaction.entity.ts';
export {
  LEDGER_FAULTS,
  type LedgerFaultKind,
  type LedgerVerification,
} from './ledger-verification.ts';
export { type MerkleProof, MerkleTree, merkleLeafHash, merkleProof, merkleRoot, verifyMerkleProof } from './merkle.ts';
export { Posting, PostingSchema } from './posting.entity.ts';
export { SealSchema } from './seal.entity.ts';
export { UnsealedTransactionSchema } from './unsealed-transaction.entity.ts';
export { VerificationSchema } from './verification.entity.ts';
