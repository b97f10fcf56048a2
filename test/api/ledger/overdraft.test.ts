import { describe, expect, it } from 'vitest';
import { type AccountRef, chartOfAccounts, type Entry, InsufficientFundsError } from '../../../src/ledger/index.ts';
import { InvariantError } from '../../../src/shared/invariant.ts';
import { anEntry, post, rawSql } from '../../support/ledger.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const WALLET: AccountRef = { code: 'wallet:1', kind: 'LIABILITY', overdraft: 'FORBIDDEN' };
const CASH: AccountRef = { code: 'cash:1', kind: 'ASSET', overdraft: 'FORBIDDEN' };

/** Takes from the account on its normal side, or gives when negative; the platform has the other side. */
function taking(app: TestApp, account: AccountRef, minor: bigint): Entry {
  const amountMinor = account.kind === 'LIABILITY' ? minor : -minor;
  const postings = [
    { account, amountMinor, currency: 'CNY', reference: '' },
    { account: chartOfAccounts.platformRevenue, amountMinor: -amountMinor, currency: 'CNY', reference: '' },
  ];
  return anEntry(app, { postings });
}

describe.each([WALLET, CASH])('an account that forbids overdraft: $code', (account) => {
  it('gives what there is and no more, and nothing of a batch that wants more', async () => {
    await using app = await startTestApp();
    await post(app, taking(app, account, -1_000n));
    await post(app, taking(app, account, 700n));
    const more = post(app, taking(app, account, 200n), taking(app, account, 101n));
    await expect(more).rejects.toMatchObject({ code: 'INSUFFICIENT_FUNDS', availableMinor: 300n });
    await post(app, taking(app, account, 300n));
    expect(await rawSql(app, 'select count(*)::int as n from ledger_transactions')).toEqual([{ n: 3 }]);
  });

  it('is never overdrawn by thirty-two who take from it at once', async () => {
    await using app = await startTestApp();
    await post(app, taking(app, account, -1_000n));
    const takers = Array.from({ length: 32 }, () => post(app, taking(app, account, 90n)));
    const outcomes = await Promise.allSettled(takers);
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refused).toHaveLength(21);
    expect(refused.every((reason) => reason instanceof InsufficientFundsError)).toBe(true);
    const left = `select abs(sum(amount_minor))::int as n from ledger_postings p
      join ledger_accounts a on a.id = p.account_id where a.code = '${account.code}'`;
    expect(await rawSql(app, left)).toEqual([{ n: 10 }]);
  });
});

describe('what is held', () => {
  it('cannot be taken, save by the entry that the hold is posted with', async () => {
    await using app = await startTestApp();
    const { ledger } = app.services;
    await post(app, taking(app, WALLET, -1_000n));
    const { holdId } = await app.platform.database.transaction((em) =>
      ledger.hold(em, {
        idempotencyKey: 'h',
        account: WALLET,
        currency: 'CNY',
        amountMinor: 800n,
        reference: '',
        expiresAt: null,
      }),
    );
    await expect(post(app, taking(app, WALLET, 201n))).rejects.toMatchObject({ availableMinor: 200n });
    await app.platform.database.transaction(async (em) => {
      await ledger.postHold(em, holdId);
      await ledger.post(em, [taking(app, WALLET, 800n)]);
    });
    await post(app, taking(app, WALLET, 200n));
  });
});

describe('other accounts', () => {
  it('are not locked: a writer does not wait for another that has not committed', async () => {
    await using app = await startTestApp();
    await post(app, anEntry(app));
    await app.platform.database.transaction(async (em) => {
      await app.services.ledger.post(em, [anEntry(app)]);
      await post(app, anEntry(app));
    });
    expect(await rawSql(app, 'select count(*)::int as n from ledger_transactions')).toEqual([{ n: 3 }]);
  });

  it('stay what they were opened as', async () => {
    await using app = await startTestApp();
    await post(app, taking(app, WALLET, -1_000n));
    const lax: AccountRef = { code: WALLET.code, kind: WALLET.kind };
    await expect(post(app, taking(app, lax, 2_000n))).rejects.toThrow(InvariantError);
  });
});
