import { describe, expect, it } from 'vitest';
import { localId } from '../../../src/shared/global-id.ts';
import { type AwaitingOrder, anAwaitingOrder, noticesOf, tell } from '../../support/notices.ts';
import { placedOrder, refundOrder, seeOrder } from '../../support/order-operations.ts';
import { aFinanceClerk, aLearner } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const CANCEL = /* GraphQL */ `
  mutation ($input: CancelOrderInput!) {
    cancelOrder(input: $input) {
      __typename
      ... on CancelOrderSuccess { order { state cancellation cancelledAt } }
      ... on UserError { code message }
      ... on OrderNotOpenError { state }
    }
  }`;
const DAY_MS = 24 * 3_600_000;

async function cancelOrder(app: TestApp, viewer: { token: string } | undefined, orderId: string): Promise<unknown> {
  return (await app.query<{ cancelOrder: unknown }>(CANCEL, { input: { orderId } }, viewer ?? {})).cancelOrder;
}

async function expire(app: TestApp): Promise<string[]> {
  const due = await app.services.orderCancellation.findDue();
  for (const orderId of due) await app.services.orderCancellation.expire(orderId);
  return due;
}

/** Either the learner has the content and we the money, or neither. */
async function isSettled(app: TestApp, { orderId, learner }: AwaitingOrder): Promise<boolean> {
  const order = (await seeOrder(app, learner, orderId)) as { state: string; refunds: { state: string }[] };
  if (order.state === 'PAID') return order.refunds.length === 0;
  return order.state === 'CANCELLED' && order.refunds.length === 1;
}

describe('a capture for an order that is no longer wanted', () => {
  it.each(['failure', 'cancellation', 'expiry'])('goes back by itself after a %s', async (reason) => {
    await using app = await startTestApp();
    const order = await anAwaitingOrder(app);
    const notices = noticesOf(order);
    await tell(app, notices.authorised());
    if (reason === 'failure') await tell(app, notices.failed());
    if (reason === 'cancellation') await cancelOrder(app, order.learner, order.orderId);
    if (reason === 'expiry') {
      app.clock.advance(DAY_MS);
      await expire(app);
    }
    expect(await tell(app, notices.captured())).toMatchObject([{ outcome: 'APPLIED' }]);
    await app.drainJobs();
    expect(await seeOrder(app, order.learner, order.orderId)).toMatchObject({
      state: 'CANCELLED',
      cancellation: { failure: 'PAYMENT_FAILED', cancellation: 'WITHDRAWN', expiry: 'EXPIRED' }[reason],
      paidAt: null,
      returned: { amount: '100.00' },
      payment: { state: 'REFUNDED' },
      refunds: [{ state: 'SUCCEEDED', amount: { amount: '100.00' } }],
    });
    const { rows } = await app.platform.database.pool.query("select 1 from outbox_messages where job like 'settle%'");
    expect(rows).toEqual([]);
    expect((await app.platform.database.pool.query('select 1 from entitlements')).rows).toEqual([]);
  });

  it('is not paid back while the bank disputes it, and is once that was won', async () => {
    await using app = await startTestApp();
    const order = await anAwaitingOrder(app);
    const notices = noticesOf(order);
    await tell(app, notices.failed(), notices.disputed(), notices.captured());
    expect(await seeOrder(app, order.learner, order.orderId)).toMatchObject({ state: 'CANCELLED', refunds: [] });
    await tell(app, notices.won());
    await app.drainJobs();
    expect(await seeOrder(app, order.learner, order.orderId)).toMatchObject({ refunds: [{ state: 'SUCCEEDED' }] });
  });

  it('can be paid back by finance when the provider failed to', async () => {
    await using app = await startTestApp();
    const order = await anAwaitingOrder(app);
    const notices = noticesOf(order);
    await tell(app, notices.failed(), notices.captured());
    const { rows } = await app.platform.database.pool.query<{ id: string }>('select id from refunds');
    await tell(app, notices.refundFailed(rows[0]?.id ?? '', 10_000n));
    const clerk = await aFinanceClerk(app);
    expect(await refundOrder(app, clerk, { orderId: order.orderId })).toMatchObject({ order: { state: 'CANCELLED' } });
  });

  it('at the very moment of the expiry is either a sale or goes back', async () => {
    await using app = await startTestApp();
    const orders = [];
    for (let at = 0; at < 12; at++) orders.push(await anAwaitingOrder(app));
    app.clock.advance(DAY_MS);
    await Promise.all(
      orders.flatMap((order) => [
        tell(app, noticesOf(order).captured()),
        app.services.orderCancellation.expire(localId('Order', order.orderId)),
      ]),
    );
    for (const order of orders) expect(await isSettled(app, order)).toBe(true);
  });

  it('and a failure that contradicts it never leave money without a sale, nor a sale without money', async () => {
    await using app = await startTestApp();
    for (const at of [0, 1, 2, 3]) {
      const order = await anAwaitingOrder(app);
      const notices = noticesOf(order);
      const told = [notices.captured(1 + at), notices.failed(2)];
      await tell(app, ...(at % 2 === 0 ? told : told.toReversed()));
      expect(await isSettled(app, order)).toBe(true);
    }
  });
});

describe('an order that waits for its payment', () => {
  it('expires after 24 hours and no sooner, and its content can be ordered again', async () => {
    await using app = await startTestApp();
    const order = await anAwaitingOrder(app);
    app.clock.advance(DAY_MS - 1);
    expect(await expire(app)).toEqual([]);
    app.clock.advance(1);
    expect(await expire(app)).toHaveLength(1);
    expect(await expire(app)).toEqual([]);
    expect(await seeOrder(app, order.learner, order.orderId)).toMatchObject({
      state: 'CANCELLED',
      cancellation: 'EXPIRED',
      payment: { state: 'FAILED', failure: 'It was not paid within 24 hours.' },
    });
    await placedOrder(app, order.learner, { contentIds: [order.contentId] });
  });

  it('is not asked of the provider any more once it expired', async () => {
    let sent = 0;
    await using app = await startTestApp({
      deliverWebhook: async () => {
        sent += 1;
        return 200;
      },
    });
    const order = await anAwaitingOrder(app);
    app.clock.advance(DAY_MS);
    await expire(app);
    await app.services.payments.charge(order.paymentId);
    expect(sent).toBe(0);
  });

  it('can be cancelled by its buyer and by staff, by nobody else, and only while it waits', async () => {
    await using app = await startTestApp();
    const order = await anAwaitingOrder(app);
    expect(await cancelOrder(app, undefined, order.orderId)).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await cancelOrder(app, await aLearner(app), order.orderId)).toMatchObject({ code: 'FORBIDDEN' });
    const done = { order: { state: 'CANCELLED', cancellation: 'WITHDRAWN' } };
    expect(await cancelOrder(app, order.learner, order.orderId)).toMatchObject(done);
    const again = { code: 'ORDER_NOT_OPEN', state: 'CANCELLED' };
    expect(await cancelOrder(app, order.learner, order.orderId)).toMatchObject(again);
    const other = await anAwaitingOrder(app);
    expect(await cancelOrder(app, await aFinanceClerk(app), other.orderId)).toMatchObject(done);
    const paid = await anAwaitingOrder(app);
    await tell(app, noticesOf(paid).captured());
    expect(await cancelOrder(app, paid.learner, paid.orderId)).toMatchObject({ code: 'ORDER_NOT_OPEN', state: 'PAID' });
  });

  it('that is paid slowly is reserved first, and captured by a second notice', async () => {
    await using app = await startTestApp();
    const order = await anAwaitingOrder(app);
    await tell(app, noticesOf(order).authorised());
    const waits = { state: 'PLACED', payment: { state: 'AUTHORISED' } };
    expect(await seeOrder(app, order.learner, order.orderId)).toMatchObject(waits);
    const orderId = await placedOrder(app, await aLearner(app), {
      contentIds: [order.contentId],
      paymentMethod: 'sandbox:slow',
    });
    await app.drainJobs();
    const events = [{ type: 'PAYMENT_AUTHORISED' }, { type: 'PAYMENT_CAPTURED' }];
    const paid = { state: 'PAID', payment: { state: 'CAPTURED', events } };
    expect(await seeOrder(app, await aFinanceClerk(app), orderId)).toMatchObject(paid);
  });
});
