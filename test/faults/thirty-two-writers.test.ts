import { describe, expect, it } from 'vitest';
import { postgresQueues } from '../../jobs/postgres.queues.ts';
import { startJobs } from '../../jobs/runtime.ts';
import { localId } from '../../src/shared/global-id.ts';
import { aContent } from '../support/contents.ts';
import { aContract } from '../support/contracts.ts';
import { rawSql } from '../support/ledger.ts';
import { brokenMoney } from '../support/money-invariants.ts';
import { placeOrder, refundOrder } from '../support/order-operations.ts';
import { createBatch, moveBatch, recordResult } from '../support/payout-operations.ts';
import { aPayee } from '../support/payouts.ts';
import { aFinanceClerk, aLearner } from '../support/people.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const WRITERS = 32;
const LIMIT_MS = 120_000;
const OCTOBER = new Date('2026-10-20T08:00:00Z');
const NOVEMBER = new Date('2026-11-05T08:00:00Z');
const DECEMBER = new Date('2026-12-05T08:00:00Z');

/** The same thing by everybody at the same moment. */
function all<Result>(work: (writer: number) => Promise<Result>): Promise<Result[]> {
  return Promise.all(Array.from({ length: WRITERS }, (_, writer) => work(writer)));
}

function countsOf(values: readonly (string | undefined)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value ?? 'none'] = (counts[value ?? 'none'] ?? 0) + 1;
  return counts;
}

/** Three more runtimes of workers beside that of the app, with queues of their own, as in other processes. */
async function moreWorkers(app: TestApp): Promise<AsyncDisposable> {
  const { platform, services, databaseUrl } = app;
  const stack = new AsyncDisposableStack();
  for (let count = 0; count < 3; count += 1) {
    const backend = postgresQueues(databaseUrl, platform);
    stack.defer(() => backend.close());
    const runtime = await startJobs({ platform, services, backend, databaseUrl, withSchedule: false });
    stack.defer(() => runtime.close());
  }
  return { [Symbol.asyncDispose]: () => stack.disposeAsync() };
}

const CLOSE = `mutation ($period: String!) { closePeriod(period: $period) { __typename ... on UserError { code } } }`;

describe('thirty-two writers on the same order, the same payout and the same month', () => {
  it('do each thing once, whoever comes first', { timeout: LIMIT_MS }, async () => {
    await using app = await startTestApp({ now: OCTOBER, config: { sessionTtlHours: 2_000 } });
    const payee = await aPayee(app);
    await aContract(app, { parties: [{ partnerId: payee.id }] });
    const content = await aContent(app, { partnerId: payee.id, priceMinor: 10_000n });
    const [buyer, clerk, approver] = [await aLearner(app), await aFinanceClerk(app), await aFinanceClerk(app)];

    // One key: one order, however often it is asked for.
    const placing = { contentIds: [content.id], idempotencyKey: 'one-and-the-same' };
    const placed = await all(() => placeOrder(app, buyer, placing));
    const orderIds = new Set(placed.map(({ order }) => order?.id));
    expect(orderIds.size).toBe(1);
    const orderId = placed[0]?.order?.id ?? '';
    await using _workers = await moreWorkers(app);
    await app.drainJobs();
    // Settled by its job, and by everybody once more.
    await all(() => app.services.allocations.settleSale(localId('Order', orderId)));
    await all(() => app.services.allocations.settleSales([localId('Order', orderId)]));
    expect(await brokenMoney(app, { recompute: true })).toEqual([]);

    // Different keys: each is a refund of its own, until nothing is left of 100.00.
    const refunds = await all((writer) =>
      refundOrder(app, clerk, { orderId, amountMinor: 700n, idempotencyKey: `refund-${writer}` }),
    );
    expect(countsOf(refunds.map(({ __typename }) => __typename))).toEqual({
      RefundOrderSuccess: 14,
      RefundTooHighError: WRITERS - 14,
    });
    await app.drainJobs();
    const refundIds = await rawSql(app, 'select id::text as id from refunds');
    await all(() => app.services.allocations.settleRefunds(refundIds.map(({ id }) => String(id))));
    expect(await brokenMoney(app, { recompute: true })).toEqual([]);

    // One month, asked for by everybody and closed by the workers of four runtimes.
    const closeMonth = (period: string) => app.query<{ closePeriod: { code?: string } }>(CLOSE, { period }, clerk);
    app.clock.set(NOVEMBER);
    const askedFor = await all(() => closeMonth('2026-10'));
    const codes = countsOf(askedFor.map(({ closePeriod }) => closePeriod.code));
    expect(Object.keys(codes).filter((code) => !['none', 'PERIOD_CLOSED'].includes(code))).toEqual([]);
    expect(codes.none).toBeGreaterThan(1);
    await app.drainJobs();
    expect(await brokenMoney(app, { recompute: false })).toEqual([]);
    expect(await rawSql(app, 'select period from period_closings')).toEqual([{ period: '2026-10' }]);

    // One key: one batch. One payout: paid once, whoever says so and under which key.
    const batches = await all(() => createBatch(app, clerk, { idempotencyKey: 'one-and-the-same-batch' }));
    expect(new Set(batches.map(({ batch }) => batch?.id)).size).toBe(1);
    const batch = batches[0]?.batch;
    const batchId = batch?.id ?? '';
    await all(() => moveBatch(app, approver, { step: 'approve', batchId }));
    await all(() => moveBatch(app, clerk, { step: 'send', batchId }));
    const payoutId = batch?.payouts.edges[0]?.node.id ?? '';
    const answers = await all((writer) =>
      recordResult(app, clerk, {
        payoutId,
        outcome: 'PAID',
        idempotencyKey: `paid-by-${writer % 2 ? writer : 'same'}`,
      }),
    );
    const outcomes = countsOf(answers.map(({ __typename }) => __typename));
    const kept = (outcomes.RecordPayoutResultSuccess ?? 0) > 1 ? WRITERS / 2 : 1;
    expect(outcomes).toEqual({ RecordPayoutResultSuccess: kept, IllegalTransitionError: WRITERS - kept });
    expect(await rawSql(app, `select count(*)::int as paid from partner_entries where kind = 'PAYOUT'`)).toEqual([
      { paid: 1 },
    ]);
    await app.drainJobs();
    expect(await brokenMoney(app, { recompute: true })).toEqual([]);
  });

  it('mix without harm: orders, refunds, a payout and a closing at the same time', { timeout: LIMIT_MS }, async () => {
    await using app = await startTestApp({ now: OCTOBER, config: { sessionTtlHours: 2_000 } });
    const payee = await aPayee(app);
    await aContract(app, { parties: [{ partnerId: payee.id }] });
    const contents = await Promise.all([1, 2].map(() => aContent(app, { partnerId: payee.id, priceMinor: 9_999n })));
    const [clerk, approver] = [await aFinanceClerk(app), await aFinanceClerk(app)];
    await using _workers = await moreWorkers(app);
    const contentIds = contents.map(({ id }) => id);
    const buy = async () => (await placeOrder(app, await aLearner(app), { contentIds })).order?.id ?? '';
    const [first = '', ...others] = await all(buy);
    await app.drainJobs();
    app.clock.set(NOVEMBER);
    await app.query(CLOSE, { period: '2026-10' }, clerk);
    await app.drainJobs();
    const { batch } = await createBatch(app, clerk);
    const batchId = batch?.id ?? '';
    await moveBatch(app, approver, { step: 'approve', batchId });
    await moveBatch(app, clerk, { step: 'send', batchId });
    const payoutId = batch?.payouts.edges[0]?.node.id ?? '';
    app.clock.set(DECEMBER);

    const mixed = await all(async (writer): Promise<string> => {
      if (writer === 0) return (await recordResult(app, clerk, { payoutId })).__typename;
      if (writer % 4 === 1) return (await refundOrder(app, clerk, { orderId: first, amountMinor: 333n })).__typename;
      if (writer % 4 === 2) return (await refundOrder(app, clerk, { orderId: others[writer] ?? '' })).__typename;
      if (writer % 4 === 3)
        return (await app.query<{ closePeriod: { __typename: string } }>(CLOSE, { period: '2026-11' }, clerk))
          .closePeriod.__typename;
      return (await buy()) === '' ? 'nothing' : 'order';
    });
    await app.drainJobs();
    expect(
      countsOf(mixed.filter((answer) => answer !== 'ClosePeriodSuccess' && answer !== 'PeriodClosedError')),
    ).toEqual({
      RecordPayoutResultSuccess: 1,
      RefundOrderSuccess: 16,
      order: 7,
    });
    expect(await brokenMoney(app, { recompute: true })).toEqual([]);
    expect(await rawSql(app, 'select count(*)::int as closings from period_closings')).toEqual([{ closings: 2 }]);
  });
});
