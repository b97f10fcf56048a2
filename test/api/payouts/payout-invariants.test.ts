import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PAYOUT_OUTCOMES, type PayoutOutcome } from '../../../src/payouts/index.ts';
import { type System, system } from '../../../src/shared/actor.ts';
import { DomainError } from '../../../src/shared/domain-error.ts';
import { monthOf, nextMonth } from '../../../src/shared/month.ts';
import { rawSql } from '../../support/ledger.ts';
import { brokenInvariants } from '../../support/payout-invariants.ts';
import { anEarning, aPayee } from '../../support/payouts.ts';
import { close } from '../../support/statements.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const START = new Date('2026-01-05T00:00:00Z');
const [PROPOSER, APPROVER] = [system('proposer'), system('approver')];
const RUNS = 8;
const TIMEOUT_MS = 60_000;
const DAY_MS = 86_400_000;

type Deed =
  | { readonly kind: 'EARN'; readonly payee: number; readonly amountMinor: bigint; readonly holdDays: number }
  | { readonly kind: 'CLOSE' | 'PROPOSE' }
  | { readonly kind: 'APPROVE' | 'CANCEL' | 'SEND' }
  | { readonly kind: 'ANSWER'; readonly outcome: PayoutOutcome; readonly pick: number };

const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({
    kind: fc.constant('EARN' as const),
    payee: fc.nat(2),
    amountMinor: fc.bigInt({ min: -300n, max: 700n }).filter((amount) => amount !== 0n),
    holdDays: fc.constantFrom(0, 0, 14, 40),
  }),
  fc.record({ kind: fc.constantFrom('CLOSE' as const, 'PROPOSE' as const) }),
  fc.record({
    kind: fc.constantFrom('APPROVE' as const, 'SEND' as const, 'APPROVE' as const, 'SEND' as const, 'CANCEL' as const),
  }),
  fc.record({
    kind: fc.constant('ANSWER' as const),
    outcome: fc.constantFrom(...PAYOUT_OUTCOMES, 'PAID' as const),
    pick: fc.nat(99),
  }),
);

/** Does what can be done, and takes a refusal for an answer: what counts is what is in the books afterwards. */
async function doDeed(app: TestApp, payeeIds: readonly string[], done: Deed): Promise<void> {
  const { payoutProposals, payoutResults } = app.services;
  const key = () => `key-${app.platform.ids.next()}`;
  switch (done.kind) {
    case 'EARN': {
      const availableAt = new Date(app.clock.now().getTime() + done.holdDays * DAY_MS);
      return anEarning(app, payeeIds[done.payee] ?? '', { amountMinor: done.amountMinor, availableAt });
    }
    case 'CLOSE': {
      const month = monthOf(app.clock.now(), 'UTC');
      app.clock.set(new Date(`${nextMonth(month)}-05T00:00:00Z`));
      await close(app, month);
      return;
    }
    case 'PROPOSE':
      await refusable(() =>
        payoutProposals.create(PROPOSER, { currency: 'CNY', cutOffAt: app.clock.now(), idempotencyKey: key() }),
      );
      return;
    case 'ANSWER': {
      const payouts = await rawSql(app, 'select id::text as id from payouts order by id');
      const payoutId = payouts[done.pick % Math.max(1, payouts.length)]?.id;
      if (typeof payoutId !== 'string') return;
      const answer = { payoutId, outcome: done.outcome, reference: 'BANK', reason: 'So it is.', idempotencyKey: key() };
      await refusable(() => payoutResults.record(PROPOSER, answer));
      return;
    }
    default:
      return step(app, done.kind);
  }
}

async function step(app: TestApp, kind: 'APPROVE' | 'CANCEL' | 'SEND'): Promise<void> {
  const { payoutBatches } = app.services;
  const batches = await rawSql(
    app,
    `select id::text as id from payout_batches where state in ('DRAFT', 'APPROVED') order by created_at, id`,
  );
  for (const { id } of batches) {
    const input = { batchId: String(id), reason: 'So it is.' };
    const moves = {
      APPROVE: (actor: System) => payoutBatches.approve(actor, input),
      CANCEL: (actor: System) => payoutBatches.cancel(actor, input),
      SEND: (actor: System) => payoutBatches.markSent(actor, input),
    };
    await refusable(() => moves[kind](APPROVER));
  }
}

async function refusable(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}

/** Proposes and sends, and answers for half, so that every run moves money. */
const WARM_UP: readonly Deed[] = [
  { kind: 'EARN', payee: 0, amountMinor: 500n, holdDays: 0 },
  { kind: 'EARN', payee: 1, amountMinor: 400n, holdDays: 0 },
  { kind: 'CLOSE' },
  { kind: 'PROPOSE' },
  { kind: 'APPROVE' },
  { kind: 'SEND' },
  { kind: 'ANSWER', outcome: 'PAID', pick: 0 },
];

describe('whatever is earned, paid, returned and given up', () => {
  it('leaves books that add up, statements that chain, and nothing paid twice', { timeout: TIMEOUT_MS }, async () => {
    await using app = await startTestApp({ now: START });
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 20, maxLength: 30 }), async (deeds) => {
        const payeeIds: string[] = [];
        for (let count = 0; count < 3; count += 1) payeeIds.push((await aPayee(app)).id);
        for (const next of [...WARM_UP, ...deeds]) await doDeed(app, payeeIds, next);
        expect(await brokenInvariants(app)).toEqual([]);
      }),
      { numRuns: RUNS, seed: 20_261_122, endOnFailure: true },
    );
    const counts = await rawSql(app, 'select count(*)::int as payouts from payouts');
    expect(counts[0]?.payouts).toBeGreaterThan(RUNS);
  });
});

describe('a connection that breaks at any moment', () => {
  it('leaves each answer in the books whole or not at all, and the same call again brings the rest', {
    timeout: TIMEOUT_MS,
  }, async () => {
    await using app = await startTestApp({ now: START });
    const payeeIds: string[] = [];
    for (let count = 0; count < 12; count += 1) payeeIds.push((await aPayee(app)).id);
    for (const id of payeeIds) await anEarning(app, id, { amountMinor: 500n });
    await doDeed(app, payeeIds, { kind: 'CLOSE' });
    const batch = await throughBreaks(app, () =>
      app.services.payoutProposals.create(PROPOSER, {
        currency: 'CNY',
        cutOffAt: app.clock.now(),
        idempotencyKey: 'the-one-batch',
      }),
    );
    const input = { batchId: batch.id, reason: 'So it is.' };
    await throughBreaks(app, () => app.services.payoutBatches.approve(APPROVER, input));
    await throughBreaks(app, () => app.services.payoutBatches.markSent(APPROVER, input));
    const payouts = await rawSql(app, 'select id::text as id from payouts');
    const results = payouts.map(({ id }) => ({ payoutId: String(id), outcome: 'PAID' as const, reference: 'BANK' }));
    const call = { results, idempotencyKey: 'the-one-answer' };
    await throughBreaks(app, () => app.services.payoutResults.recordAll(PROPOSER, call));
    expect(await brokenInvariants(app)).toEqual([]);
    const states = await rawSql(app, 'select state, count(*)::int from payouts group by state');
    expect(states).toEqual([{ state: 'PAID', count: 12 }]);
    expect(await rawSql(app, 'select state from payout_batches')).toEqual([{ state: 'COMPLETED' }]);
  });
});

const BREAKS = 6;

/** Breaks every connection of the product a little later each time, and then lets the work be done. */
async function throughBreaks<T>(app: TestApp, work: () => Promise<T>): Promise<T> {
  for (let round = 0; round < BREAKS; round += 1) {
    const settled = work().catch(() => undefined);
    await new Promise((resume) => setTimeout(resume, 4 + round * 9));
    await rawSql(
      app,
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    await settled;
  }
  expect(await brokenInvariants(app)).toEqual([]);
  return work();
}
