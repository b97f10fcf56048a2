import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartOfAccounts, findBalances } from '../../../src/ledger/index.ts';
import { anEntry, post, rawSql } from '../../support/ledger.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const START = Date.parse('2026-09-28T00:00:00Z');
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const AXES = [
  ['EFFECTIVE', 'effective_at'],
  ['RECORDED', 'recorded_at'],
] as const;

/** Months, days, and moments of one second, so that every level of buckets is met. */
const instant = fc
  .oneof(
    fc.integer({ min: 0, max: 100 * DAY_MS }),
    fc.integer({ min: 33 * DAY_MS, max: 33 * DAY_MS + 2 * MINUTE_MS }),
    fc.integer({ min: 33 * DAY_MS, max: 33 * DAY_MS + 3 }),
  )
  .map((afterMs) => new Date(START + afterMs));

const entry = fc.record({ effectiveAt: instant, amountMinor: fc.bigInt({ min: 1n, max: 10n ** 12n }) });

interface Batch {
  readonly recordedAt: Date;
  readonly entries: readonly { readonly effectiveAt: Date; readonly amountMinor: bigint }[];
  readonly copies: number;
  readonly isSealed: boolean;
}

const batch: fc.Arbitrary<Batch> = fc.record({
  recordedAt: instant,
  entries: fc.array(entry, { minLength: 1, maxLength: 40 }),
  /** How often each is posted, so that buckets get full. */
  copies: fc.integer({ min: 1, max: 12 }),
  isSealed: fc.boolean(),
});

/** Posts on an account that nobody else has. @returns its id */
async function play(app: TestApp, batches: readonly Batch[]): Promise<string> {
  const account = chartOfAccounts.providerClearing(app.platform.ids.next());
  for (const { recordedAt, entries, copies, isSealed } of batches) {
    app.clock.set(recordedAt);
    const copied = entries.flatMap(({ effectiveAt, amountMinor }) =>
      Array.from({ length: copies }, () =>
        anEntry(app, {
          effectiveAt,
          postings: [
            { account, amountMinor, currency: 'CNY', reference: '' },
            { account: chartOfAccounts.platformRevenue, amountMinor: -amountMinor, currency: 'CNY', reference: '' },
          ],
        }),
      ),
    );
    await post(app, ...copied);
    if (isSealed) await app.services.ledger.seal();
  }
  const [row] = await rawSql(app, `select id from ledger_accounts where code = '${account.code}'`);
  return String(row?.id);
}

/** Sums of all postings until each instant, by reading every one of them. */
async function naiveSums(app: TestApp, accountId: string, column: string, instants: readonly Date[]) {
  const list = instants.map((at) => `'${at.toISOString()}'`).join(', ');
  const rows = await rawSql(
    app,
    `select (select coalesce(sum(p.amount_minor), 0) from ledger_postings p
       join ledger_transactions t on t.id = p.transaction_id
       where p.account_id = '${accountId}' and t.${column} <= instant)::text as total
     from unnest(array[${list}]::timestamptz[]) with ordinality as wanted (instant, place) order by place`,
  );
  return rows.map(({ total }) => BigInt(String(total)));
}

async function balances(app: TestApp, accountId: string, axis: (typeof AXES)[number][0], instants: readonly Date[]) {
  const found = [];
  for (const at of instants) {
    found.push((await findBalances(app.platform.database, [accountId], { axis, at })).get(accountId));
  }
  return found;
}

describe('a balance at an instant', () => {
  it('is the sum of the postings until then, by either time, however much of them is sealed', async () => {
    await using app = await startTestApp();
    const scenario = fc.array(batch, { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(scenario, fc.array(instant, { minLength: 8, maxLength: 8 }), async (batches, instants) => {
        const id = await play(app, batches);
        const asked = [...instants, ...batches.map(({ recordedAt }) => recordedAt)];
        for (const [axis, column] of AXES) {
          expect(await balances(app, id, axis, asked)).toEqual(await naiveSums(app, id, column, asked));
        }
        const all = await findBalances(app.platform.database, [id]);
        expect([all.get(id)]).toEqual(await naiveSums(app, id, 'recorded_at', [new Date('9999-01-01')]));
      }),
      { numRuns: 20 },
    );
    const levels = await rawSql(app, 'select distinct level from ledger_balance_buckets');
    expect(levels).toHaveLength(5);
  }, 30_000);
});
