import { randomBytes, randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { expect, inject, it } from 'vitest';
import { entities } from '../../src/entities.ts';
import { contentHash } from '../../src/ledger/content-hash.ts';
import { GENESIS_HASH, linkHash } from '../../src/ledger/hash-chain.ts';
import { findBalances } from '../../src/ledger/index.ts';
import { verifyLedger } from '../../src/ledger/ledger-verification.ts';
import { Database } from '../../src/platform/database.ts';
import { migrations } from '../../src/platform/migrations/index.ts';

const BEFORE = '20261122000001-partner-entries';
const ENTRIES = 700;
const UNSEALED = 3;
const START = Date.parse('2026-10-31T23:00:00Z');

/** An empty database of this test's own, dropped when it goes out of scope. */
async function emptyDatabase() {
  const url = new URL(inject('templateUrl'));
  const server = new URL(url);
  server.pathname = '/postgres';
  const name = `test_${randomBytes(6).toString('hex')}`;
  const run = async (statement: string) => {
    const client = new Client({ connectionString: server.href });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await run(`create database ${name}`);
  url.pathname = `/${name}`;
  return { url: url.href, [Symbol.asyncDispose]: () => run(`drop database ${name} with (force)`) };
}

async function migrateTo(url: string, known: typeof migrations): Promise<Database> {
  const database = await Database.connect({ url, poolMax: 4, entities, migrations: known });
  await database.migrate();
  return database;
}

/** Books as they were written before postings had instants: one transaction a minute, all but the last sealed. */
async function writeOldBooks({ pool }: Database): Promise<string> {
  const [account, other] = [randomUUID(), randomUUID()];
  await pool.query(
    `insert into ledger_accounts (id, code, currency, kind, created_at)
     values ($1, 'old:asset', 'CNY', 'ASSET', now()), ($2, 'old:income', 'CNY', 'REVENUE', now())`,
    [account, other],
  );
  let previousHash = GENESIS_HASH;
  for (let n = 1; n <= ENTRIES; n++) {
    const [id, at] = [randomUUID(), new Date(START + n * 60_000)];
    const atMicros = BigInt(at.getTime()) * 1_000n;
    const posting = { currency: 'CNY', reference: '' };
    const postings = [
      { ...posting, accountCode: 'old:asset', amountMinor: BigInt(n) },
      { ...posting, accountCode: 'old:income', amountMinor: BigInt(-n) },
    ];
    const hash = contentHash({ kind: 'OLD', reference: id, effectiveAtMicros: atMicros, postings });
    await pool.query(
      `with entry as (
         insert into ledger_transactions
           (id, idempotency_key, content_hash, kind, reference, effective_at, recorded_at, posting_count)
         values ($1, $2, $3, 'OLD', $2, $4, $4, 2))
       insert into ledger_postings (id, transaction_id, position, account_id, amount_minor, currency, reference)
       values (gen_random_uuid(), $1, 0, $5, $7, 'CNY', ''), (gen_random_uuid(), $1, 1, $6, -$7::bigint, 'CNY', '')`,
      [id, id, hash, at, account, other, n],
    );
    if (n > ENTRIES - UNSEALED) continue;
    const link = { sequence: BigInt(n), previousHash, transactionId: id, idempotencyKey: id };
    const sealed = linkHash({ ...link, recordedAtMicros: atMicros, contentHash: hash });
    await pool.query('insert into ledger_seals values ($1, $2, $3, $4, now())', [n, id, previousHash, sealed]);
    await pool.query('delete from ledger_unsealed where transaction_id = $1', [id]);
    previousHash = sealed;
  }
  return account;
}

it('gives books that were there before their instants and sums, and finds them intact', async () => {
  await using empty = await emptyDatabase();
  const last = migrations.findIndex(({ name }) => name === BEFORE) + 1;
  const old = await migrateTo(empty.url, migrations.slice(0, last));
  const account = await writeOldBooks(old);
  await old.close();
  const database = await migrateTo(empty.url, migrations);
  try {
    const verified = await verifyLedger(database);
    expect(verified).toMatchObject({ fault: null, transactions: ENTRIES, links: ENTRIES - UNSEALED });
    const upTo = (n: number) => BigInt((n * (n + 1)) / 2);
    for (const n of [59, 60, 300, ENTRIES]) {
      for (const axis of ['EFFECTIVE', 'RECORDED'] as const) {
        const balances = await findBalances(database, [account], { axis, at: new Date(START + n * 60_000) });
        expect(balances.get(account)).toBe(upTo(n));
      }
    }
    const { rows } = await database.pool.query('select distinct level from ledger_balance_buckets order by 1');
    expect(rows).toEqual([{ level: 'DAY' }, { level: 'HOUR' }, { level: 'MONTH' }]);
  } finally {
    await database.close();
  }
}, 30_000);
