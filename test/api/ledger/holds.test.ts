import { describe, expect, it } from 'vitest';
import { chartOfAccounts, type HoldInput, InsufficientFundsError } from '../../../src/ledger/index.ts';
import { system } from '../../../src/shared/actor.ts';
import { IdempotencyConflictError, IllegalTransitionError } from '../../../src/shared/domain-error.ts';
import { anEntry, post, rawSql } from '../../support/ledger.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const OWED = chartOfAccounts.partnerPayable('p');
const HOUR_MS = 3_600_000;

/** An app whose books owe the partner 100.00. */
async function withFunds(): Promise<TestApp> {
  const app = await startTestApp();
  const clearing = chartOfAccounts.providerClearing('sandbox');
  const postings = [
    { account: clearing, amountMinor: 10_000n, currency: 'CNY', reference: '' },
    { account: OWED, amountMinor: -10_000n, currency: 'CNY', reference: '' },
  ];
  await post(app, anEntry(app, { postings }));
  return app;
}

function hold(app: TestApp, input: Partial<HoldInput> = {}) {
  const idempotencyKey = input.idempotencyKey ?? `hold:${app.platform.ids.next()}`;
  const wanted = { account: OWED, currency: 'CNY', amountMinor: 6_000n, reference: 'payout', expiresAt: null };
  return app.platform.database.transaction((em) =>
    app.services.ledger.hold(em, { ...wanted, idempotencyKey, ...input }),
  );
}

function end(app: TestApp, how: 'postHold' | 'voidHold', holdId: string) {
  const step = { by: system('test'), reason: 'Because.' };
  return app.platform.database.transaction((em) => app.services.ledger[how](em, holdId, step));
}

const STEPS = 'select from_state, to_state, by, reason from ledger_hold_steps order by id';

describe('a hold', () => {
  it('takes what it holds off what is available, and gives it back when voided', async () => {
    await using app = await withFunds();
    const { holdId } = await hold(app);
    await expect(hold(app)).rejects.toMatchObject({ code: 'INSUFFICIENT_FUNDS', availableMinor: 4_000n });
    await end(app, 'voidHold', holdId);
    await hold(app, { amountMinor: 10_000n });
    expect(await rawSql(app, STEPS)).toEqual([
      { from_state: null, to_state: 'PENDING', by: 'system:ledger', reason: 'payout' },
      { from_state: 'PENDING', to_state: 'VOIDED', by: 'system:test', reason: 'Because.' },
      { from_state: null, to_state: 'PENDING', by: 'system:ledger', reason: 'payout' },
    ]);
  });

  it('is answered as the first time when its key comes again, and refused with another input', async () => {
    await using app = await withFunds();
    const first = await hold(app, { idempotencyKey: 'k' });
    expect(first.isNew).toBe(true);
    expect(await hold(app, { idempotencyKey: 'k' })).toEqual({ ...first, isNew: false });
    await expect(hold(app, { idempotencyKey: 'k', amountMinor: 1n })).rejects.toThrow(IdempotencyConflictError);
    const other = { idempotencyKey: 'k', account: chartOfAccounts.taxPayable };
    await expect(hold(app, other)).rejects.toThrow(IdempotencyConflictError);
  });

  it.each([
    ['postHold', 'postHold'],
    ['postHold', 'voidHold'],
    ['voidHold', 'postHold'],
    ['voidHold', 'voidHold'],
  ] as const)('that ended by %s does not end by %s', async (first, second) => {
    await using app = await withFunds();
    const { holdId } = await hold(app);
    await end(app, first, holdId);
    await expect(end(app, second, holdId)).rejects.toThrow(IllegalTransitionError);
  });

  it('ends once when posted and voided by sixteen at once', async () => {
    await using app = await withFunds();
    const { holdId } = await hold(app);
    const attempts = Array.from({ length: 16 }, (_, at) => end(app, at % 2 ? 'postHold' : 'voidHold', holdId));
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await rawSql(app, 'select count(*)::int as n from ledger_hold_steps')).toEqual([{ n: 2 }]);
  });

  it('is not given out twice to thirty-two who want the last of it at once', async () => {
    await using app = await withFunds();
    const outcomes = await Promise.allSettled(Array.from({ length: 32 }, () => hold(app, { amountMinor: 1_500n })));
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(outcomes.length - refused.length).toBe(6);
    expect(refused.every((reason) => reason instanceof InsufficientFundsError)).toBe(true);
  });

  it('whose time is over frees its amount at once, and can neither be posted nor voided', async () => {
    await using app = await withFunds();
    const expiresAt = new Date(app.clock.now().getTime() + HOUR_MS);
    const { holdId } = await hold(app, { expiresAt });
    app.clock.advance(HOUR_MS);
    await expect(end(app, 'postHold', holdId)).rejects.toThrow(IllegalTransitionError);
    await hold(app, { amountMinor: 10_000n });
    expect(await rawSql(app, `select state from ledger_holds where id = '${holdId}'`)).toEqual([{ state: 'EXPIRED' }]);
  });

  it('is given back by the job that the schedule asks for', async () => {
    await using app = await withFunds();
    const expiresAt = new Date(app.clock.now().getTime() + HOUR_MS);
    const { holdId } = await hold(app, { expiresAt });
    expect(await app.services.ledger.findDueHolds()).toEqual([]);
    expect(await app.services.ledger.expireHold(holdId)).toBe(false);
    app.clock.advance(HOUR_MS);
    expect(await app.services.ledger.findDueHolds()).toEqual([holdId]);
    await app.platform.database.transaction(async (em) =>
      app.services.outbox.enqueue(em, { job: 'expire-hold', payload: { holdId }, requestedBy: system('test') }),
    );
    await app.drainJobs();
    expect(await rawSql(app, 'select state from ledger_holds')).toEqual([{ state: 'EXPIRED' }]);
    expect(await app.services.ledger.expireHold(holdId)).toBe(false);
  });

  it('cannot be changed by raw SQL, other than ended', async () => {
    await using app = await withFunds();
    const { holdId } = await hold(app);
    await expect(rawSql(app, 'update ledger_holds set amount_minor = 1')).rejects.toThrow(/append-only/);
    await expect(rawSql(app, 'delete from ledger_hold_steps')).rejects.toThrow(/append-only/);
    await end(app, 'voidHold', holdId);
    await expect(rawSql(app, "update ledger_holds set state = 'PENDING'")).rejects.toThrow(/append-only/);
  });
});
