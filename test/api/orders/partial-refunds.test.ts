import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aContent } from '../../support/contents.ts';
import { anAwaitingOrder, noticesOf, tell } from '../../support/notices.ts';
import { refundOrder, seeOrder } from '../../support/order-operations.ts';
import { aPaidOrder } from '../../support/orders.ts';
import { aFinanceClerk } from '../../support/people.ts';
import { recordPurchase } from '../../support/settlement.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

interface StoredRefund {
  readonly id: string;
  readonly amount_minor: bigint;
}

async function refundsIn(app: TestApp): Promise<StoredRefund[]> {
  const { rows } = await app.platform.database.pool.query<StoredRefund>(
    'select id, amount_minor from refunds order by requested_at, id',
  );
  return rows;
}

async function conversionsIn(app: TestApp): Promise<unknown[]> {
  return (await app.platform.database.pool.query('select value_minor, refunded_minor from conversions')).rows;
}

describe('refunding a part of an order', () => {
  it('leaves order and access as they are until all of it is back, and tells campaigns each time', async () => {
    await using app = await startTestApp();
    const order = await anAwaitingOrder(app);
    const notices = noticesOf(order);
    await tell(app, notices.captured());
    const clerk = await aFinanceClerk(app);
    const asked = await refundOrder(app, clerk, { orderId: order.orderId, amountMinor: 3_000n });
    expect(asked).toMatchObject({ order: { state: 'PAID', refundable: { amount: '70.00' } } });
    const [first] = await refundsIn(app);
    await tell(app, notices.refunded(first?.id ?? '', 3_000n));
    expect(await seeOrder(app, order.learner, order.orderId)).toMatchObject({
      state: 'PAID',
      refundedAt: null,
      returned: { amount: '30.00' },
      refundable: { amount: '70.00' },
      payment: { state: 'CAPTURED', events: [{ type: 'PAYMENT_CAPTURED' }, { type: 'REFUND_SUCCEEDED' }] },
      refunds: [{ state: 'SUCCEEDED', amount: { amount: '30.00' } }],
    });
    expect(await conversionsIn(app)).toEqual([{ value_minor: 10_000n, refunded_minor: 3_000n }]);
    await refundOrder(app, clerk, { orderId: order.orderId });
    const [, rest] = await refundsIn(app);
    expect(rest).toMatchObject({ amount_minor: 7_000n });
    await tell(app, notices.refunded(rest?.id ?? '', 7_000n, 12));
    expect(await seeOrder(app, order.learner, order.orderId)).toMatchObject({
      state: 'REFUNDED',
      refundedAt: '2026-11-01T08:12:00.000Z',
      returned: { amount: '100.00' },
      payment: { state: 'REFUNDED' },
    });
    expect(await conversionsIn(app)).toEqual([{ value_minor: 10_000n, refunded_minor: 10_000n }]);
    const owned = await app.query('{ viewer { entitlements { edges { cursor } } } }', {}, order.learner);
    expect(owned).toEqual({ viewer: { entitlements: { edges: [] } } });
  });

  it('is refused above what is left, which is told; a refund on its way counts, one that failed does not', async () => {
    await using app = await startTestApp();
    const order = await anAwaitingOrder(app);
    const { orderId } = order;
    const notices = noticesOf(order);
    await tell(app, notices.captured());
    const clerk = await aFinanceClerk(app);
    await refundOrder(app, clerk, { orderId, amountMinor: 6_000n });
    expect(await refundOrder(app, clerk, { orderId, amountMinor: 4_001n })).toMatchObject({
      code: 'REFUND_TOO_HIGH',
      message: 'Of this payment no more than 40.00 CNY can still go back.',
      left: { amount: '40.00', currency: 'CNY' },
    });
    const [first] = await refundsIn(app);
    await tell(app, notices.refundFailed(first?.id ?? '', 6_000n));
    expect(await refundOrder(app, clerk, { orderId, amountMinor: 10_000n })).toHaveProperty('order');
    for (const amountMinor of [0n, -1n]) {
      const refused = { code: 'INVALID_INPUT', field: 'amountMinor' };
      expect(await refundOrder(app, clerk, { orderId, amountMinor })).toMatchObject(refused);
    }
  });

  it('with the same key, amount and reason is the same refund; with another amount a conflict', async () => {
    await using app = await startTestApp();
    const { id } = await aPaidOrder(app);
    const clerk = await aFinanceClerk(app);
    const input = { orderId: globalId('Order', id), amountMinor: 500n, idempotencyKey: 'refund-this-part' };
    const asked = await Promise.all(Array.from({ length: 8 }, () => refundOrder(app, clerk, input)));
    expect(asked.every((answer) => answer.order)).toBe(true);
    expect(await refundsIn(app)).toHaveLength(1);
    for (const amountMinor of [501n, undefined]) {
      const { orderId, idempotencyKey } = input;
      const other = { orderId, idempotencyKey, ...(amountMinor && { amountMinor }) };
      expect(await refundOrder(app, clerk, other)).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    }
  });

  it('never pays back more than was paid, however many ask at once', async () => {
    await using app = await startTestApp();
    const { id, totalMinor } = await aPaidOrder(app);
    const clerk = await aFinanceClerk(app);
    const orderId = globalId('Order', id);
    const part = { orderId, amountMinor: 700n };
    const asked = await Promise.all(Array.from({ length: 32 }, () => refundOrder(app, clerk, part)));
    // 14 times 7.00 of 99.00; then 1.00 is left.
    expect(asked.filter((answer) => answer.order)).toHaveLength(14);
    expect(asked.filter((answer) => answer.code === 'REFUND_TOO_HIGH')).toHaveLength(18);
    await refundOrder(app, clerk, { orderId });
    const refunds = await refundsIn(app);
    expect(refunds.reduce((sum, refund) => sum + refund.amount_minor, 0n)).toBe(totalMinor);
    expect(await refundOrder(app, clerk, part)).toMatchObject({ code: 'ALREADY_REFUNDED' });
  });

  it.each([
    { currency: 'JPY', priceMinor: 1_001n, part: 334n, shown: '334', left: '667' },
    { currency: 'KWD', priceMinor: 12_345n, part: 1n, shown: '0.001', left: '12.344' },
  ])('speaks of $currency in its own decimals', async ({ currency, priceMinor, part, shown, left }) => {
    await using app = await startTestApp();
    const content = await aContent(app, { priceMinor, currency });
    const order = await aPaidOrder(app, { contentIds: [content.id] });
    await recordPurchase(app, order);
    const clerk = await aFinanceClerk(app);
    const orderId = globalId('Order', order.id);
    expect(await refundOrder(app, clerk, { orderId, amountMinor: part })).toMatchObject({
      order: { refundable: { amount: left }, refunds: [{ amount: { amount: shown } }] },
    });
    expect(await refundOrder(app, clerk, { orderId, amountMinor: priceMinor })).toMatchObject({
      left: { amount: left, currency },
    });
  });
});
