import { findBalances } from '../../../src/ledger/index.ts';
import { system } from '../../../src/shared/actor.ts';
import { invariant, present } from '../../../src/shared/invariant.ts';
import { type Measurement, percentile } from '../bench.ts';
import type { BenchProduct } from './bench-product.ts';
import { benchEntry } from './posting.ts';
import { say } from './rounds.ts';
import { HOT_ACCOUNT } from './sales.fixture.ts';

const CHUNK = 10_000;
const LOOKUPS = 200;
const POSTED = 4_000;
const BATCH = 100;
const YEAR_MS = 365 * 86_400_000;
const START = Date.parse('2025-11-01T00:00:00Z');

/**
 * Posting, sealing, looking balances up and verifying in books of growing size. They are filled by SQL, all triggers on, with
 * transactions of two postings spread over a year, one of them always on the hot account, and sealed by the sealer.
 */
export async function benchGrowth(product: BenchProduct, sizes: readonly number[]): Promise<Measurement[]> {
  const measurements = [];
  await product.platform.database.transaction((em) => product.services.ledger.post(em, [benchEntry('first')]));
  for (const size of sizes) {
    say(`books of ${size} transactions`);
    await fillTo(product, size);
    measurements.push({ name: `books of ${size} transactions`, figures: await measure(product) });
  }
  return measurements;
}

async function measure(product: BenchProduct): Promise<Record<string, number>> {
  await product.platform.database.pool.query('vacuum analyze');
  const postedPerSecond = await rateOf(POSTED, () => postMany(product));
  const sealedPerSecond = await rateOf(POSTED, () => product.services.ledger.seal());
  const effective = await lookUp(product, 'EFFECTIVE');
  const recorded = await lookUp(product, 'RECORDED');
  return {
    postedPerSecond,
    sealedPerSecond,
    balanceByEffectiveMs: percentile(effective, 0.5),
    balanceByRecordedMs: percentile(recorded, 0.5),
    balanceP99Ms: percentile([...effective, ...recorded], 0.99),
    ...(await verify(product)),
  };
}

/** How fast all of the books are verified, and what memory that takes beside what was taken before. */
async function verify({ services }: BenchProduct): Promise<Record<string, number>> {
  const before = process.memoryUsage().rss;
  let most = before;
  const onProgress = () => {
    most = Math.max(most, process.memoryUsage().rss);
  };
  const startedMs = performance.now();
  const { fault, transactions } = await services.ledgerVerification.verify(system('bench'), { onProgress });
  invariant(fault === null, `the books of the bench are as they should be: ${JSON.stringify(fault)}`);
  const verifiedPerSecond = transactions / ((performance.now() - startedMs) / 1_000);
  return { verifiedPerSecond, verifyMiB: (most - before) / 2 ** 20 };
}

async function rateOf(count: number, work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return count / ((performance.now() - startedMs) / 1_000);
}

async function postMany({ platform, services }: BenchProduct): Promise<void> {
  for (let posted = 0; posted < POSTED; posted += BATCH) {
    const entries = Array.from({ length: BATCH }, () => benchEntry(platform.ids.next(), platform.clock.now()));
    await platform.database.transaction((em) => services.ledger.post(em, entries));
  }
}

async function lookUp({ platform }: BenchProduct, axis: 'EFFECTIVE' | 'RECORDED'): Promise<number[]> {
  const { database } = platform;
  const { rows } = await database.pool.query<{ id: string }>('select id from ledger_accounts where code = $1', [
    HOT_ACCOUNT.code,
  ]);
  const { id } = present(rows[0], 'the hot account');
  const sample = [];
  for (let n = 0; n < LOOKUPS; n++) {
    const at = new Date(START + ((n * 0.618_034) % 1) * YEAR_MS);
    const startedMs = performance.now();
    await findBalances(database, [id], { axis, at });
    sample.push(performance.now() - startedMs);
  }
  return sample;
}

async function fillTo(product: BenchProduct, size: number): Promise<void> {
  const { pool } = product.platform.database;
  const { rows } = await pool.query<{ stored: number }>('select count(*)::int as stored from ledger_transactions');
  for (let stored = rows[0]?.stored ?? 0; stored < size; stored += CHUNK) {
    await pool.query(FILL, [Math.min(CHUNK, size - stored), new Date(START)]);
    await product.services.ledger.seal();
  }
}

const FILL = `
  with numbered as (
    select uuidv7() as id, $2::timestamptz + random() * interval '365 days' as at from generate_series(1, $1)),
  entries as (
    insert into ledger_transactions
      (id, idempotency_key, content_hash, kind, reference, effective_at, recorded_at, posting_count)
    select id, id, encode(sha256(convert_to(format(
      '["FILL","%s","%s",[["provider:bench:clearing","CNY","100",""],["${HOT_ACCOUNT.code}","CNY","-100",""]]]',
      id, (extract(epoch from at) * 1000000)::bigint), 'UTF8')), 'hex'), 'FILL', id, at, at + interval '1 hour', 2
    from numbered
    returning id, effective_at, recorded_at)
  insert into ledger_postings
    (id, transaction_id, position, account_id, amount_minor, currency, reference, effective_at, recorded_at)
  select uuidv7(), entries.id, side.position, account.id, side.amount, 'CNY', '', effective_at, recorded_at
  from entries cross join (values (0, 100, 'provider:bench:clearing'), (1, -100, '${HOT_ACCOUNT.code}'))
    as side (position, amount, code)
  join ledger_accounts account on account.code = side.code and account.currency = 'CNY'`;
