import { expect, it } from 'vitest';
import { chartOfAccounts } from '../../../src/ledger/index.ts';
import { anEntry, post, rawSql } from '../../support/ledger.ts';
import { startTestApp } from '../../support/test-app.ts';

/** Reads something in a transaction of its own and says what that took from the tables of the ledger. */
function readsOf(statement: string): string[] {
  return [
    'begin',
    statement,
    `select coalesce(sum(seq_tup_read) filter (where relname <> 'ledger_accounts'), 0)::int as scanned,
            coalesce(sum(idx_tup_fetch), 0)::int as fetched
     from pg_stat_xact_user_tables where relname like 'ledger_%'`,
  ];
}

it.each(['EFFECTIVE', 'RECORDED'])('a balance by %s reads a few rows of thousands, and scans nothing', async (axis) => {
  await using app = await startTestApp();
  const start = app.clock.now().getTime();
  for (let hour = 0; hour < 10; hour++) {
    app.clock.set(new Date(start + hour * 3_600_000));
    const entries = Array.from({ length: 500 }, (_, n) =>
      anEntry(app, {
        effectiveAt: new Date(app.clock.now().getTime() + n * 100),
        postings: [
          { account: chartOfAccounts.providerClearing(`${n}`), amountMinor: 1n, currency: 'CNY', reference: '' },
          { account: chartOfAccounts.platformRevenue, amountMinor: -1n, currency: 'CNY', reference: '' },
        ],
      }),
    );
    await post(app, ...entries);
  }
  await app.services.ledger.seal();
  const [control] = await rawSql(app, ...readsOf('select sum(amount_minor) from ledger_postings'));
  expect(Number(control?.scanned) + Number(control?.fetched)).toBe(10_000);
  for (const at of ['infinity', new Date(start + 5 * 3_600_000 + 25_050).toISOString()]) {
    const balance = `select ledger_balance(id, '${axis}', '${at}') from ledger_accounts where code = 'platform:revenue'`;
    const [reads] = await rawSql(app, ...readsOf(balance));
    expect(reads).toMatchObject({ scanned: 0 });
    expect(reads?.fetched).toBeLessThan(at === 'infinity' || axis === 'EFFECTIVE' ? 300 : 600);
  }
});
