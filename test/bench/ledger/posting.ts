import { chartOfAccounts, type Entry } from '../../../src/ledger/index.ts';
import { present } from '../../../src/shared/invariant.ts';
import type { Measurement } from '../bench.ts';
import { type BenchProduct, WRITERS } from './bench-product.ts';
import { race } from './rounds.ts';
import { HOT_ACCOUNT } from './sales.fixture.ts';

const CLEARING = chartOfAccounts.providerClearing('bench');

/** Entries posted a second by as many writers as there are connections, all on the platform's one account. */
export async function benchPosting(
  product: BenchProduct,
  { rounds, entries }: { rounds: number; entries: number },
): Promise<Measurement[]> {
  const { platform, services } = product;
  const { database, ids } = platform;
  await database.transaction((em) => services.ledger.post(em, [benchEntry(ids.next())]));
  const accountIds = [await accountId(product, CLEARING.code), await accountId(product, HOT_ACCOUNT.code)];
  const times = (work: () => Promise<unknown>) => async () => Array.from({ length: entries }, () => work);
  const ours = {
    name: 'service',
    prepare: times(() => database.transaction((em) => services.ledger.post(em, [benchEntry(ids.next())]))),
  };
  const theirs = {
    name: 'hand-written SQL',
    prepare: times(() => database.pool.query('select bench_post($1, $2, $3)', [ids.next(), ...accountIds])),
  };
  const name = `entries on one hot account, ${WRITERS} writers`;
  return race(name, { ours, theirs }, { rounds, callers: WRITERS, unitsEach: 1 });
}

/** Two postings, one of them on the hot account. */
export function benchEntry(key: string, effectiveAt = new Date(2026, 10, 1)): Entry {
  return {
    idempotencyKey: key,
    kind: 'BENCH',
    reference: key,
    effectiveAt,
    postings: [
      { account: CLEARING, amountMinor: 100n, currency: 'CNY', reference: 'in' },
      { account: HOT_ACCOUNT, amountMinor: -100n, currency: 'CNY', reference: 'out' },
    ],
  };
}

async function accountId({ platform }: BenchProduct, code: string): Promise<string> {
  const { rows } = await platform.database.pool.query<{ id: string }>(
    `select id from ledger_accounts where code = $1 and currency = 'CNY'`,
    [code],
  );
  return present(rows[0], 'an account of the bench').id;
}
