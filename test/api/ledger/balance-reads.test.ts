import { Client } from 'pg';
import { expect, it } from 'vitest';
import { chartOfAccounts } from '../../../src/ledger/index.ts';
import { anEntry, post } from '../../support/ledger.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const HOUR_MS = 3_600_000;
const HOURS = 12;
const ENTRIES_AN_HOUR = 500;
/** More often than PostgreSQL looks at the values before it settles on one plan for all. */
const TIMES = 10;

const READS = `
  select (select coalesce(sum(seq_tup_read), 0)::int from pg_stat_user_tables
          where relname in ('ledger_postings', 'ledger_balance_buckets')) as scanned,
         (select coalesce(sum(idx_tup_read), 0)::int from pg_stat_user_indexes where relname like 'ledger_%') as looked`;

interface Reads {
  readonly scanned: number;
  readonly looked: number;
}

/** What a statement reads of the ledger's tables and indexes when it is sent several times. @returns for one time */
async function readsOf(app: TestApp, statement: string): Promise<Reads> {
  const client = new Client({ connectionString: app.databaseUrl });
  await client.connect();
  try {
    const count = async (): Promise<Reads> => {
      await client.query('select pg_stat_force_next_flush()');
      return (await client.query<Reads>(READS)).rows[0] ?? { scanned: 0, looked: 0 };
    };
    const before = await count();
    for (let n = 0; n < TIMES; n++) await client.query(statement);
    const after = await count();
    return { scanned: (after.scanned - before.scanned) / TIMES, looked: (after.looked - before.looked) / TIMES };
  } finally {
    await client.end();
  }
}

/** Six thousand entries over half a day, all on one account, sealed and known to the planner. */
async function withBooks(): Promise<TestApp> {
  const app = await startTestApp();
  const start = app.clock.now().getTime();
  for (let hour = 0; hour < HOURS; hour++) {
    app.clock.set(new Date(start + hour * HOUR_MS));
    const entries = Array.from({ length: ENTRIES_AN_HOUR }, (_, n) =>
      anEntry(app, { effectiveAt: new Date(app.clock.now().getTime() + n * 100) }),
    );
    await post(app, ...entries);
  }
  await app.services.ledger.seal();
  // As autovacuum does: else the first to look at what waits for its seal meets all that waited before.
  await app.platform.database.pool.query('vacuum analyze');
  return app;
}

function balanceAt(axis: string, at: Date | 'infinity'): string {
  const instant = at === 'infinity' ? at : at.toISOString();
  return `select ledger_balance(id, '${axis}', '${instant}') from ledger_accounts where code = '${chartOfAccounts.platformRevenue.code}'`;
}

it('balances read a few rows of thousands, whatever the instant and whatever waits for its seal', async () => {
  await using app = await withBooks();
  const control = await readsOf(app, 'select sum(amount_minor) from ledger_postings');
  expect(control.scanned + control.looked).toBeGreaterThanOrEqual(HOURS * ENTRIES_AN_HOUR * 2);
  const start = app.clock.now().getTime() - (HOURS - 1) * HOUR_MS;
  for (const isWaiting of [false, true]) {
    app.clock.advance(1);
    if (isWaiting) await post(app, anEntry(app), anEntry(app));
    for (const axis of ['EFFECTIVE', 'RECORDED']) {
      for (const at of ['infinity', new Date(start - 1), new Date(start + 9 * HOUR_MS - 3_574_950)] as const) {
        const reads = await readsOf(app, balanceAt(axis, at));
        expect(reads, `${axis} ${String(at)}`).toMatchObject({ scanned: 0 });
        expect(reads.looked, `${axis} ${String(at)}`).toBeLessThan(60);
      }
    }
  }
}, 30_000);
