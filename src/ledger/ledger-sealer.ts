import { sql } from 'kysely';
import { bulkInsert } from '../platform/bulk-insert.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import { invariant } from '../shared/invariant.ts';
import { addToBuckets } from './balance-buckets.ts';
import { GENESIS_HASH, linkHash } from './hash-chain.ts';
import type { LedgerTables } from './ledger.queries.ts';
import { micros } from './micros.ts';

const LINKS_A_TRANSACTION = 2_000;

/**
 * Makes the next links of the chain, in the order in which the transactions were recorded, and adds their postings to
 * the balances. One sealer at a time: others
 * wait, and then find the chain longer.
 *
 * @returns number of links made, at most 2,000; zero when nothing waits
 */
export async function sealNext(em: EntityManager, at: Date): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext('ledger-sealer'))`.execute(rowsOf(em));
  const waiting = await findUnsealed(em);
  if (waiting.length === 0) return 0;
  const last = await findLastLink(em);
  let { sequence, hash: previousHash } = last;
  const seals = waiting.map((transaction) => {
    sequence += 1n;
    const hash = linkHash({ ...transaction, sequence, previousHash });
    const seal = {
      sequence,
      transaction_id: transaction.transactionId,
      previous_hash: previousHash,
      hash,
      sealed_at: at,
    };
    previousHash = hash;
    return seal;
  });
  const inserted = await bulkInsert(em, 'ledger_seals', seals);
  invariant(inserted === seals.length, 'every link is new');
  const ids = waiting.map(({ transactionId }) => transactionId);
  await rowsOf<LedgerTables>(em).deleteFrom('ledger_unsealed').where(isAnyOf('transaction_id', ids)).execute();
  await addToBuckets(em, ids);
  return seals.length;
}

function findUnsealed(em: EntityManager) {
  return rowsOf<LedgerTables>(em)
    .selectFrom('ledger_unsealed as waiting')
    .innerJoin('ledger_transactions as entry', 'entry.id', 'waiting.transaction_id')
    .select(['entry.id as transactionId', 'entry.idempotency_key as idempotencyKey'])
    .select(['entry.content_hash as contentHash', micros('entry.recorded_at').as('recordedAtMicros')])
    .orderBy('waiting.recorded_at')
    .orderBy('waiting.transaction_id')
    .limit(LINKS_A_TRANSACTION)
    .execute();
}

async function findLastLink(em: EntityManager): Promise<{ sequence: bigint; hash: string }> {
  const last = await rowsOf<LedgerTables>(em)
    .selectFrom('ledger_seals')
    .select(['sequence', 'hash'])
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last ?? { sequence: 0n, hash: GENESIS_HASH };
}
