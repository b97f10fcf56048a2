import { Client } from 'pg';
import type { Entry, PostedEntry } from '../../src/ledger/index.ts';
import { chartOfAccounts } from '../../src/ledger/index.ts';
import type { TestApp } from './test-app.ts';

/** A sale of `amountMinor` of which the platform keeps all: two postings. */
export function anEntry(app: TestApp, options: Partial<Entry> & { amountMinor?: bigint } = {}): Entry {
  const { amountMinor = 10_000n, ...given } = options;
  const key = given.idempotencyKey ?? `test:${app.platform.ids.next()}`;
  return {
    idempotencyKey: key,
    kind: 'TEST',
    reference: `reference of ${key}`,
    effectiveAt: app.clock.now(),
    postings: [
      { account: chartOfAccounts.providerClearing('sandbox'), amountMinor, currency: 'CNY', reference: 'in' },
      { account: chartOfAccounts.platformRevenue, amountMinor: -amountMinor, currency: 'CNY', reference: 'out' },
    ],
    ...given,
  };
}

/** Posts in a transaction of their own. */
export function post(app: TestApp, ...entries: readonly Entry[]): Promise<PostedEntry[]> {
  return app.platform.database.transaction((em) => app.services.ledger.post(em, entries));
}

/** Runs SQL as it stands, past everything that the product would say about it. */
export async function rawSql(app: TestApp, ...statements: readonly string[]): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: app.databaseUrl });
  await client.connect();
  try {
    const results = [];
    for (const statement of statements) results.push(await client.query<Record<string, unknown>>(statement));
    return results.at(-1)?.rows ?? [];
  } finally {
    await client.end();
  }
}

/** As `rawSql`, by somebody who owns the server: no trigger and no foreign key holds them. */
export function tamper(app: TestApp, ...statements: readonly string[]): Promise<Record<string, unknown>[]> {
  return rawSql(app, 'set session_replication_role = replica', ...statements);
}
