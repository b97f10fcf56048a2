import { describe, expect, it } from 'vitest';
import { aContent } from '../../support/contents.ts';
import { anAwaitingOrder, noticesOf, tell } from '../../support/notices.ts';
import { aContentForSale, placedOrder, placeOrder, refundOrder, seeOrder } from '../../support/order-operations.ts';
import { aFinanceClerk, aLearner, anAdmin, type TestPerson } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';
import { sendWebhook } from '../../support/webhooks.ts';

const OWNED = '{ viewer { entitlements { edges { cursor } } } }';

async function aPaidPurchase(app: TestApp): Promise<{ learner: TestPerson; orderId: string; contentId: string }> {
  const { id: contentId } = await aContentForSale(app);
  const learner = await aLearner(app);
  const orderId = await placedOrder(app, learner, { contentIds: [contentId] });
  await app.drainJobs();
  return { learner, orderId, contentId };
}

describe('refunding an order', () => {
  it('pays the whole back, takes the access away, and lets the learner buy again', async () => {
    await using app = await startTestApp();
    const { learner, orderId, contentId } = await aPaidPurchase(app);
    const clerk = await aFinanceClerk(app);
    expect(await refundOrder(app, clerk, { orderId, reason: '买重了。' })).toMatchObject({
      order: { state: 'PAID', refunds: [{ state: 'REQUESTED', reason: '买重了。', amount: { amount: '99.00' } }] },
    });
    await app.drainJobs();
    expect(await seeOrder(app, learner, orderId)).toMatchObject({
      state: 'REFUNDED',
      refundedAt: app.clock.now().toISOString(),
      payment: { state: 'REFUNDED' },
      refunds: [{ state: 'SUCCEEDED', settledAt: app.clock.now().toISOString() }],
    });
    expect((await app.graphql(OWNED, {}, learner)).data).toEqual({ viewer: { entitlements: { edges: [] } } });
    const { rows } = await app.platform.database.pool.query('select value_minor, refunded_minor from conversions');
    expect(rows).toEqual([{ value_minor: 9_900n, refunded_minor: 9_900n }]);
    expect(await placeOrder(app, learner, { contentIds: [contentId] })).toHaveProperty('order');
  });

  it('is refused a second time, while the first is under way and after it', async () => {
    await using app = await startTestApp();
    const { orderId } = await aPaidPurchase(app);
    const clerk = await aFinanceClerk(app);
    await refundOrder(app, clerk, { orderId });
    expect(await refundOrder(app, clerk, { orderId })).toMatchObject({ code: 'ALREADY_REFUNDED' });
    await app.drainJobs();
    expect(await refundOrder(app, clerk, { orderId })).toMatchObject({ code: 'ALREADY_REFUNDED' });
  });

  it('happens once, however many ask at once', async () => {
    await using app = await startTestApp();
    const { orderId } = await aPaidPurchase(app);
    const clerk = await aFinanceClerk(app);
    const asked = await Promise.all(Array.from({ length: 16 }, () => refundOrder(app, clerk, { orderId })));
    expect(asked.filter((answer) => answer.order)).toHaveLength(1);
    expect(asked.filter((answer) => answer.code === 'ALREADY_REFUNDED')).toHaveLength(15);
    await app.drainJobs();
    const { rows } = await app.platform.database.pool.query('select 1 from refunds');
    expect(rows).toHaveLength(1);
  });

  it('with the same key and reason is the same refund; with another reason a conflict', async () => {
    await using app = await startTestApp();
    const { orderId } = await aPaidPurchase(app);
    const clerk = await aFinanceClerk(app);
    const input = { orderId, idempotencyKey: 'refund-this-one' };
    await refundOrder(app, clerk, input);
    // The worker that took the payment may have sent it by now.
    const state = expect.stringMatching(/^(REQUESTED|SUCCEEDED)$/);
    expect(await refundOrder(app, clerk, input)).toMatchObject({ order: { refunds: [{ state }] } });
    const other = await refundOrder(app, clerk, { ...input, reason: 'Something else.' });
    expect(other).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  });

  it('is for finance and admins; the buyer may not, and does not learn which orders exist', async () => {
    await using app = await startTestApp();
    const { learner, orderId } = await aPaidPurchase(app);
    expect(await refundOrder(app, undefined, { orderId })).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await refundOrder(app, learner, { orderId })).toMatchObject({ code: 'FORBIDDEN' });
    expect(await refundOrder(app, await anAdmin(app), { orderId })).toHaveProperty('order');
  });

  it('is refused where nothing was paid', async () => {
    await using app = await startTestApp();
    const learner = await aLearner(app);
    const clerk = await aFinanceClerk(app);
    const free = await aContent(app, { priceMinor: 0n });
    const dear = await aContent(app);
    const gift = await placedOrder(app, learner, { contentIds: [free.id] });
    expect(await refundOrder(app, clerk, { orderId: gift })).toMatchObject({ code: 'NOT_REFUNDABLE', state: 'PAID' });
    const unpaid = await placedOrder(app, learner, { contentIds: [dear.id], paymentMethod: 'sandbox:decline' });
    expect(await refundOrder(app, clerk, { orderId: unpaid })).toMatchObject({ state: 'PLACED' });
    await app.drainJobs();
    expect(await refundOrder(app, clerk, { orderId: unpaid })).toMatchObject({ state: 'CANCELLED' });
  });
});

describe('what the provider says of a refund', () => {
  /** No worker runs, so that the sandbox says nothing by itself. */
  async function anAwaitingRefund(app: TestApp) {
    const purchase = await anAwaitingOrder(app, { priceMinor: 9_900n });
    await tell(app, noticesOf(purchase).captured());
    const clerk = await aFinanceClerk(app);
    await refundOrder(app, clerk, { orderId: purchase.orderId });
    const { rows } = await app.platform.database.pool.query<{ id: string }>('select id from refunds');
    const event = {
      id: 'evt_refund',
      reference: 'sbx_ref_1',
      amount_minor: '9900',
      currency: 'CNY',
      occurred_at: app.clock.now().toISOString(),
      refund_id: rows[0]?.id,
    };
    return { ...purchase, clerk, event };
  }

  it('can be that it failed: the order stays paid, and another refund may be asked for', async () => {
    await using app = await startTestApp();
    const { learner, orderId, clerk, event } = await anAwaitingRefund(app);
    const failed = { ...event, type: 'refund.failed', failure: 'The card was closed.' };
    expect(await sendWebhook(app, failed)).toMatchObject({ outcome: 'APPLIED' });
    expect(await seeOrder(app, learner, orderId)).toMatchObject({
      state: 'PAID',
      refunds: [{ state: 'FAILED', failure: 'The card was closed.' }],
    });
    expect(await refundOrder(app, clerk, { orderId })).toHaveProperty('order');
  });

  it('counts once, and not at all for another sum', async () => {
    await using app = await startTestApp();
    const { learner, orderId, event } = await anAwaitingRefund(app);
    const succeeded = { ...event, type: 'refund.succeeded' };
    expect(await sendWebhook(app, { ...succeeded, amount_minor: '100' })).toMatchObject({ refusal: 'MISMATCH' });
    const answers = await Promise.all(Array.from({ length: 8 }, () => sendWebhook(app, succeeded)));
    expect(answers.filter((answer) => answer.outcome === 'APPLIED')).toHaveLength(1);
    const late = { ...event, id: 'evt_late', type: 'refund.failed', failure: 'Too late.' };
    expect(await sendWebhook(app, late)).toMatchObject({ outcome: 'STALE' });
    expect(await seeOrder(app, learner, orderId)).toMatchObject({
      state: 'REFUNDED',
      refunds: [{ state: 'SUCCEEDED' }],
    });
    const { rows } = await app.platform.database.pool.query(
      "select 1 from outbox_messages where job = 'settle-refund'",
    );
    expect(rows).toHaveLength(1);
  });
});
