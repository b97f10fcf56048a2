import { describe, expect, it } from 'vitest';
import type { WebhookPost } from '../../../src/orders/index.ts';
import { aContent } from '../../support/contents.ts';
import { aContentForSale, placedOrder, placeOrder, seeOrder } from '../../support/order-operations.ts';
import { aLearner } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

async function deliver(app: TestApp, { body, headers }: WebhookPost): Promise<number> {
  const request = { method: 'POST', url: '/webhooks/payments/sandbox', payload: body, headers } as const;
  return (await app.server.inject(request)).statusCode;
}

async function count(app: TestApp, table: string): Promise<number> {
  const { rows } = await app.platform.database.pool.query<{ n: number }>(`select count(*)::int as n from ${table}`);
  return rows[0]?.n ?? 0;
}

describe('the idempotency key of an order', () => {
  it('gives the first order again for the same input, even when the content has left the shelf since', async () => {
    await using app = await startTestApp();
    const { id } = await aContentForSale(app);
    const learner = await aLearner(app);
    const input = { contentIds: [id], idempotencyKey: 'the-one-order' };
    const first = await placeOrder(app, learner, input);
    await app.drainJobs();
    await app.platform.database.pool.query("update contents set state = 'WITHDRAWN' where id = $1", [id]);
    const again = await placeOrder(app, learner, input);
    expect(again.order?.id).toBe(first.order?.id);
    expect(again).toMatchObject({ order: { state: 'PAID' } });
    expect(await count(app, 'orders')).toBe(1);
  });

  it('is refused with another input, and is each learner’s own', async () => {
    await using app = await startTestApp();
    const one = await aContent(app);
    const two = await aContent(app);
    const learner = await aLearner(app);
    const idempotencyKey = 'the-one-order';
    await placeOrder(app, learner, { contentIds: [one.id], idempotencyKey });
    const conflict = { __typename: 'IdempotencyConflictError', key: idempotencyKey };
    expect(await placeOrder(app, learner, { contentIds: [two.id], idempotencyKey })).toMatchObject(conflict);
    const paidElsewise = { contentIds: [one.id], idempotencyKey, paymentMethod: 'sandbox:decline' };
    expect(await placeOrder(app, learner, paidElsewise)).toMatchObject(conflict);
    const other = await placeOrder(app, await aLearner(app), { contentIds: [two.id], idempotencyKey });
    expect(other).toHaveProperty('order');
  });

  it('makes one order and one payment of 32 requests at once', async () => {
    await using app = await startTestApp();
    const { id } = await aContentForSale(app);
    const learner = await aLearner(app);
    const input = { contentIds: [id], idempotencyKey: 'thirty-two-at-once' };
    const placed = await Promise.all(Array.from({ length: 32 }, () => placeOrder(app, learner, input)));
    expect(new Set(placed.map((answer) => answer.order?.id)).size).toBe(1);
    expect(await count(app, 'orders')).toBe(1);
    expect(await count(app, 'payments')).toBe(1);
    await app.drainJobs();
    expect(await count(app, 'entitlements')).toBe(1);
    expect(await count(app, 'conversions')).toBe(1);
    expect(await count(app, 'interactions')).toBe(1);
  });

  it('with 32 different keys at once sells a content to a learner once', async () => {
    await using app = await startTestApp();
    const { id } = await aContent(app);
    const learner = await aLearner(app);
    const placed = await Promise.all(Array.from({ length: 32 }, () => placeOrder(app, learner, { contentIds: [id] })));
    expect(placed.filter((answer) => answer.order)).toHaveLength(1);
    expect(placed.filter((answer) => answer.code === 'ALREADY_OWNED')).toHaveLength(31);
    expect(await count(app, 'orders')).toBe(1);
  });
});

describe('the job that asks for a payment', () => {
  it('asks again after deliveries that failed, under the same names, and the payment is captured once', async () => {
    const bodies: string[] = [];
    await using app = await startTestApp({
      deliverWebhook: async (post) => {
        bodies.push(post.body.toString());
        return bodies.length <= 2 ? 503 : deliver(app, post);
      },
    });
    const { id } = await aContentForSale(app);
    const learner = await aLearner(app);
    const order = await placedOrder(app, learner, { contentIds: [id] });
    const { rows } = await app.platform.database.pool.query<{ id: string }>('select id from payments');
    const charge = () => app.services.payments.charge(rows[0]?.id ?? '');
    await expect(charge()).rejects.toThrow('503');
    await expect(charge()).rejects.toThrow('503');
    expect(await seeOrder(app, learner, order)).toMatchObject({ state: 'PLACED', payment: { state: 'PENDING' } });
    await app.drainJobs();
    await charge();
    expect(await seeOrder(app, learner, order)).toMatchObject({ state: 'PAID', payment: { state: 'CAPTURED' } });
    expect(bodies).toHaveLength(3);
    expect(new Set(bodies).size).toBe(1);
    expect(await count(app, 'entitlements')).toBe(1);
  });

  it('captures once when two workers run it at the same time', async () => {
    await using app = await startTestApp();
    const { id } = await aContentForSale(app);
    await placedOrder(app, await aLearner(app), { contentIds: [id] });
    const { rows } = await app.platform.database.pool.query<{ id: string }>('select id from payments');
    await Promise.all(Array.from({ length: 8 }, () => app.services.payments.charge(rows[0]?.id ?? '')));
    await app.drainJobs();
    expect(await count(app, 'entitlements')).toBe(1);
    expect(await count(app, 'conversions')).toBe(1);
    expect(await count(app, "outbox_messages where job = 'settle-sale'")).toBe(1);
  });
});
