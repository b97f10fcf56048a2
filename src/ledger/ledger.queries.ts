import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { bulkInsert } from '../platform/bulk-insert.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import { type ColumnTypes, columnsOf, unnestRows } from '../platform/unnest-rows.ts';
import type { AccountKind, AccountSchema, Overdraft } from './account.entity.ts';
import type { BalanceBucketSchema } from './balance-bucket.entity.ts';
import type { HoldSchema } from './hold.entity.ts';
import type { HoldStepSchema } from './hold-step.entity.ts';
import type { LedgerTransactionSchema } from './ledger-transaction.entity.ts';
import type { PostingSchema } from './posting.entity.ts';
import type { SealSchema } from './seal.entity.ts';
import type { UnsealedTransactionSchema } from './unsealed-transaction.entity.ts';
import type { VerificationSchema } from './verification.entity.ts';

export type LedgerTables = InferKyselyDB<
  | typeof AccountSchema
  | typeof LedgerTransactionSchema
  | typeof PostingSchema
  | typeof SealSchema
  | typeof UnsealedTransactionSchema
  | typeof HoldSchema
  | typeof HoldStepSchema
  | typeof BalanceBucketSchema
  | typeof VerificationSchema
>;

export interface AccountRow {
  readonly id: string;
  readonly code: string;
  readonly currency: string;
  readonly kind: AccountKind;
  readonly overdraft: Overdraft;
}

export interface TransactionRow {
  readonly id: string;
  readonly idempotency_key: string;
  readonly content_hash: string;
  readonly kind: string;
  readonly reference: string;
  readonly effective_at: Date;
  readonly recorded_at: Date;
  readonly posting_count: number;
}

const TRANSACTION_COLUMNS: ColumnTypes<TransactionRow> = {
  id: 'uuid',
  idempotency_key: 'text',
  content_hash: 'text',
  kind: 'text',
  reference: 'text',
  effective_at: 'timestamptz',
  recorded_at: 'timestamptz',
  posting_count: 'smallint',
};

export interface PostingRow {
  readonly id: string;
  readonly transaction_id: string;
  readonly position: number;
  readonly account_id: string;
  readonly amount_minor: bigint;
  readonly currency: string;
  readonly reference: string;
  /** Those of its transaction, as ISO 8601 text. */
  readonly effective_at: string;
  readonly recorded_at: string;
}

const POSTING_COLUMNS: ColumnTypes<PostingRow> = {
  id: 'uuid',
  transaction_id: 'uuid',
  position: 'smallint',
  account_id: 'uuid',
  amount_minor: 'bigint',
  currency: 'text',
  reference: 'text',
  effective_at: 'timestamptz',
  recorded_at: 'timestamptz',
};

/** Accounts of those codes, in every currency that they have. */
export function findAccountsByCodes(em: EntityManager, codes: readonly string[]): Promise<AccountRow[]> {
  return rowsOf<LedgerTables>(em)
    .selectFrom('ledger_accounts')
    .select(['id', 'code', 'currency', 'kind', 'overdraft'])
    .where(sql<boolean>`code = any(${codes}::text[])`)
    .execute();
}

/** Opens accounts, those excepted that somebody else has opened in the meantime. */
export async function insertAccounts(em: EntityManager, accounts: readonly AccountRow[], at: Date): Promise<void> {
  const rows = accounts.map((account) => ({ ...account, created_at: at }));
  await bulkInsert(em, 'ledger_accounts', rows.toSorted(byCodeAndCurrency));
}

/** Always in one order, so that writers who open the same accounts wait for each other and never in a ring. */
function byCodeAndCurrency(a: AccountRow, b: AccountRow): number {
  const [left, right] = [`${a.code} ${a.currency}`, `${b.code} ${b.currency}`];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Inserts those whose idempotency key is new. @returns the ids of these */
export async function insertTransactions(em: EntityManager, rows: readonly TransactionRow[]): Promise<Set<string>> {
  const { rows: inserted } = await sql<{ id: string }>`
    insert into ledger_transactions (${columnsOf(TRANSACTION_COLUMNS)})
    select * from ${unnestRows(TRANSACTION_COLUMNS, rows)}
    on conflict (idempotency_key) do nothing returning id`.execute(rowsOf(em));
  return new Set(inserted.map(({ id }) => id));
}

const MAX_POSTINGS_A_STATEMENT = 5_000;

/**
 * Inserts the postings of whole transactions by statements that never part a transaction, since the database refuses a
 * statement that leaves one incomplete.
 *
 * @param groups the postings of one transaction each
 */
export async function insertPostings(em: EntityManager, groups: readonly (readonly PostingRow[])[]): Promise<void> {
  let batch: PostingRow[] = [];
  const flush = async () => {
    if (batch.length === 0) return;
    await sql`
      insert into ledger_postings (${columnsOf(POSTING_COLUMNS)})
      select * from ${unnestRows(POSTING_COLUMNS, batch)}`.execute(rowsOf(em));
    batch = [];
  };
  for (const group of groups) {
    if (batch.length + group.length > MAX_POSTINGS_A_STATEMENT) await flush();
    batch.push(...group);
  }
  await flush();
}

export interface StoredTransaction {
  readonly id: string;
  readonly idempotencyKey: string;
  readonly contentHash: string;
  readonly postingIds: readonly string[];
}

/** What stands under idempotency keys, with the ids of the postings by position. */
export async function findTransactionsByKeys(em: EntityManager, keys: readonly string[]): Promise<StoredTransaction[]> {
  return rowsOf<LedgerTables>(em)
    .selectFrom('ledger_transactions as entry')
    .innerJoin('ledger_postings as posting', 'posting.transaction_id', 'entry.id')
    .select(['entry.id', 'entry.idempotency_key as idempotencyKey', 'entry.content_hash as contentHash'])
    .select(sql<string[]>`array_agg(posting.id::text order by posting.position)`.as('postingIds'))
    .where(sql<boolean>`entry.idempotency_key = any(${keys}::text[])`)
    .groupBy('entry.id')
    .execute();
}
