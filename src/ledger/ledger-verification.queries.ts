import { sql } from 'kysely';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import type { PostingContent } from './content-hash.ts';
import type { LedgerTables } from './ledger.queries.ts';
import { micros } from './micros.ts';

/** Rows read at a time. */
export const PAGE = 1_000;

export interface CheckedTransaction {
  readonly transactionId: string | null;
  readonly idempotencyKey: string | null;
  readonly contentHash: string | null;
  readonly kind: string | null;
  readonly reference: string | null;
  readonly effectiveAtMicros: bigint | null;
  readonly recordedAtMicros: bigint | null;
}

export interface CheckedLink extends CheckedTransaction {
  readonly sequence: bigint;
  readonly sealedId: string;
  readonly previousHash: string;
  readonly hash: string;
}

/** A posting with the instants that stand on it. */
export interface CheckedPosting extends PostingContent {
  readonly transactionId: string;
  readonly effectiveAtMicros: bigint;
  readonly recordedAtMicros: bigint;
}

/** The next page of the chain, each link with its transaction. */
export function findLinksAfter(em: EntityManager, after: bigint): Promise<CheckedLink[]> {
  return rowsOf<LedgerTables>(em)
    .selectFrom('ledger_seals as seal')
    .leftJoin('ledger_transactions as entry', 'entry.id', 'seal.transaction_id')
    .select(['seal.sequence', 'seal.transaction_id as sealedId', 'seal.previous_hash as previousHash', 'seal.hash'])
    .select(checkedColumns)
    .select([micros('entry.effective_at').as('effectiveAtMicros'), micros('entry.recorded_at').as('recordedAtMicros')])
    .where('seal.sequence', '>', after)
    .orderBy('seal.sequence')
    .limit(PAGE)
    .execute();
}

const checkedColumns = [
  'entry.id as transactionId',
  'entry.idempotency_key as idempotencyKey',
  'entry.content_hash as contentHash',
  'entry.kind',
  'entry.reference',
] as const;

/** The next page, by transaction, of what waits for its link. */
export function findUnsealedAfter(em: EntityManager, after: string) {
  return rowsOf<LedgerTables>(em)
    .selectFrom('ledger_unsealed as waiting')
    .innerJoin('ledger_transactions as entry', 'entry.id', 'waiting.transaction_id')
    .select(checkedColumns)
    .select([micros('entry.effective_at').as('effectiveAtMicros'), micros('entry.recorded_at').as('recordedAtMicros')])
    .where('waiting.transaction_id', '>', after)
    .orderBy('waiting.transaction_id')
    .limit(PAGE)
    .execute();
}

/** Postings by transaction, each list by position, under the code that their account has now. */
export async function findPostingsOf(
  em: EntityManager,
  transactions: readonly CheckedTransaction[],
): Promise<Map<string, CheckedPosting[]>> {
  const ids = transactions.flatMap(({ transactionId }) => (transactionId === null ? [] : [transactionId]));
  const rows = await rowsOf<LedgerTables>(em)
    .selectFrom('ledger_postings as posting')
    .innerJoin('ledger_accounts as account', 'account.id', 'posting.account_id')
    .select(['posting.transaction_id as transactionId', 'account.code as accountCode', 'posting.currency'])
    .select(['posting.amount_minor as amountMinor', 'posting.reference'])
    .select([micros('posting.effective_at').as('effectiveAtMicros')])
    .select([micros('posting.recorded_at').as('recordedAtMicros')])
    .where(isAnyOf('posting.transaction_id', ids))
    .orderBy('posting.position')
    .execute();
  return Map.groupBy(rows, (row) => row.transactionId);
}

export async function countTransactions(em: EntityManager): Promise<number> {
  const row = await rowsOf<LedgerTables>(em)
    .selectFrom('ledger_transactions')
    .select(sql<number>`count(*)::int`.as('stored'))
    .executeTakeFirstOrThrow();
  return row.stored;
}

/** One transaction that has no link and does not wait for one. */
export async function findTransactionWithoutLink(em: EntityManager): Promise<string | null> {
  const stray = await rowsOf<LedgerTables>(em)
    .selectFrom('ledger_transactions as entry')
    .select('entry.id')
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('ledger_seals').select('sequence').whereRef('transaction_id', '=', 'entry.id'))),
    )
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('ledger_unsealed').select('recorded_at').whereRef('transaction_id', '=', 'entry.id'))),
    )
    .limit(1)
    .executeTakeFirst();
  return stray?.id ?? null;
}

export async function countPostings(em: EntityManager): Promise<number> {
  const row = await rowsOf<LedgerTables>(em)
    .selectFrom('ledger_postings')
    .select(sql<number>`count(*)::int`.as('stored'))
    .executeTakeFirstOrThrow();
  return row.stored;
}

/** The transaction that some posting names and that there is not. */
export async function findTransactionOfStrayPosting(em: EntityManager): Promise<string | null> {
  const stray = await rowsOf<LedgerTables>(em)
    .selectFrom('ledger_postings as posting')
    .select('posting.transaction_id as transactionId')
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('ledger_transactions').select('id').whereRef('id', '=', 'posting.transaction_id'))),
    )
    .limit(1)
    .executeTakeFirst();
  return stray?.transactionId ?? null;
}

/** The last link that the latest intact verification saw, as it was noted and as it is now. */
export function findNotedHead(em: EntityManager) {
  return rowsOf<LedgerTables>(em)
    .selectFrom('ledger_verifications as noted')
    .leftJoin('ledger_seals as seal', 'seal.sequence', 'noted.links')
    .select(['noted.links as sequence', 'noted.head_hash as notedHash', 'noted.finished_at as notedAt', 'seal.hash'])
    .where('noted.fault_kind', 'is', null)
    .where('noted.links', '>', 0n)
    .orderBy('noted.links', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The first hold whose steps are not those that lead to its state. */
export async function findHoldBesideItsSteps(em: EntityManager) {
  const { rows } = await sql<{ id: string; state: string; steps: string[] }>`
    select hold.id, hold.state, coalesce(taken.steps, '{}') as steps
    from ledger_holds hold
    left join lateral (
      select array_agg(coalesce(from_state, '') || '>' || to_state order by from_state is not null, at) as steps
      from ledger_hold_steps where hold_id = hold.id) taken on true
    where taken.steps is distinct from case
      when hold.state = 'PENDING' then array['>PENDING'] else array['>PENDING', 'PENDING>' || hold.state] end
    order by hold.created_at, hold.id limit 1`.execute(rowsOf(em));
  return rows[0];
}
