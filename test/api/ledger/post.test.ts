import { describe, expect, it } from 'vitest';
import { chartOfAccounts, findBalances } from '../../../src/ledger/index.ts';
import { IdempotencyConflictError } from '../../../src/shared/domain-error.ts';
import { InvariantError } from '../../../src/shared/invariant.ts';
import { anEntry, post, rawSql } from '../../support/ledger.ts';
import { startTestApp } from '../../support/test-app.ts';

const COUNT = 'select count(*)::int as n from ledger_transactions';

describe('posting', () => {
  it('answers the same key and entry as it did the first time', async () => {
    await using app = await startTestApp();
    const entry = anEntry(app);
    const [first] = await post(app, entry);
    const [second] = await post(app, entry);
    expect(first).toMatchObject({ isNew: true });
    expect(second).toEqual({ ...first, isNew: false });
    expect(await rawSql(app, COUNT)).toEqual([{ n: 1 }]);
  });

  it('refuses the same key with another entry, and posts nothing of the batch', async () => {
    await using app = await startTestApp();
    const entry = anEntry(app);
    await post(app, entry);
    const other = anEntry(app, { idempotencyKey: entry.idempotencyKey, amountMinor: 10_001n });
    await expect(post(app, anEntry(app), other)).rejects.toThrow(IdempotencyConflictError);
    expect(await rawSql(app, COUNT)).toEqual([{ n: 1 }]);
  });

  it('posts once when sixteen writers bring the same entries at once', async () => {
    await using app = await startTestApp();
    const entries = Array.from({ length: 20 }, () => anEntry(app));
    const writers = Array.from({ length: 16 }, (_, at) => post(app, ...(at % 2 ? entries.toReversed() : entries)));
    const answers = await Promise.all(writers);
    expect(answers.flat().filter(({ isNew }) => isNew)).toHaveLength(20);
    expect(await rawSql(app, COUNT)).toEqual([{ n: 20 }]);
  });

  it('keeps a batch of thousands whole, transaction by transaction', async () => {
    await using app = await startTestApp();
    const posted = await post(app, ...Array.from({ length: 3_001 }, () => anEntry(app)));
    expect(new Set(posted.flatMap(({ postingIds }) => postingIds)).size).toBe(6_002);
    expect(await rawSql(app, 'select count(*)::int as n from ledger_postings')).toEqual([{ n: 6_002 }]);
  });

  it('refuses an entry that does not balance in each of its currencies', async () => {
    await using app = await startTestApp();
    const { providerClearing, platformRevenue } = chartOfAccounts;
    const postings = [
      { account: providerClearing('sandbox'), amountMinor: 5n, currency: 'CNY', reference: 'in' },
      { account: platformRevenue, amountMinor: -5n, currency: 'EUR', reference: 'out' },
    ];
    await expect(post(app, anEntry(app, { postings }))).rejects.toThrow(InvariantError);
  });

  it('sums balances from postings, account by account', async () => {
    await using app = await startTestApp();
    await post(app, anEntry(app, { amountMinor: 700n }), anEntry(app, { amountMinor: 42n }));
    const accounts = (await rawSql(app, 'select id, code from ledger_accounts')) as { id: string; code: string }[];
    const balances = await findBalances(
      app.platform.database,
      accounts.map(({ id }) => id),
    );
    const byCode = Object.fromEntries(accounts.map(({ id, code }) => [code, balances.get(id)]));
    expect(byCode).toEqual({ 'provider:sandbox:clearing': 742n, 'platform:revenue': -742n });
  });
});
