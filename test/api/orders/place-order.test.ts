import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aContent } from '../../support/contents.ts';
import { aContentForSale, placedOrder, placeOrder, seeOrder } from '../../support/order-operations.ts';
import { aPartner } from '../../support/partners.ts';
import { aLearner } from '../../support/people.ts';
import { startTestApp } from '../../support/test-app.ts';

const ENTITLEMENTS = '{ viewer { entitlements { edges { node { content { id owned } } } } } }';

describe('placing an order', () => {
  it('takes the prices of now, waits for its payment, and gives access once that is captured', async () => {
    await using app = await startTestApp();
    const course = await aContentForSale(app, { priceMinor: 19_900n });
    const book = await aContentForSale(app, { priceMinor: 3_550n });
    const learner = await aLearner(app);
    const placed = await placeOrder(app, learner, { contentIds: [course.id, book.id] });
    expect(placed).toMatchObject({
      __typename: 'PlaceOrderSuccess',
      order: {
        state: 'PLACED',
        total: { amount: '234.50', currency: 'CNY' },
        items: [
          { price: { amount: '199.00' }, content: { id: globalId('Content', course.id) } },
          { price: { amount: '35.50' }, content: { id: globalId('Content', book.id) } },
        ],
        payment: { state: 'PENDING', method: 'sandbox:ok' },
      },
    });
    expect((await app.graphql(ENTITLEMENTS, {}, learner)).data).toEqual({ viewer: { entitlements: { edges: [] } } });
    await app.drainJobs();
    // 0.6 % of 234.50 is 1.407.
    expect(await seeOrder(app, learner, placed.order?.id ?? '')).toMatchObject({
      state: 'PAID',
      paidAt: app.clock.now().toISOString(),
      payment: { state: 'CAPTURED', fee: { amount: '1.41' }, provider: 'sandbox', failure: null },
    });
    const { data } = await app.graphql(ENTITLEMENTS, {}, learner);
    const owned = [course.id, book.id].map((id) => ({
      node: { content: { id: globalId('Content', id), owned: true } },
    }));
    expect(data).toEqual({ viewer: { entitlements: { edges: expect.arrayContaining(owned) } } });
  });

  it('is cancelled with the reason when the payment is declined, and the content can be ordered again', async () => {
    await using app = await startTestApp();
    const { id } = await aContent(app);
    const learner = await aLearner(app);
    const declined = await placedOrder(app, learner, { contentIds: [id], paymentMethod: 'sandbox:decline' });
    await app.drainJobs();
    expect(await seeOrder(app, learner, declined)).toMatchObject({
      state: 'CANCELLED',
      paidAt: null,
      payment: { state: 'FAILED', fee: null, failure: 'The sandbox declines this method.' },
    });
    expect((await app.graphql(ENTITLEMENTS, {}, learner)).data).toEqual({ viewer: { entitlements: { edges: [] } } });
    expect(await placeOrder(app, learner, { contentIds: [id] })).toMatchObject({ __typename: 'PlaceOrderSuccess' });
  });

  it('gives what is free at once, without a payment', async () => {
    await using app = await startTestApp();
    const { id } = await aContent(app, { priceMinor: 0n });
    const learner = await aLearner(app);
    const placed = await placeOrder(app, learner, { contentIds: [id] });
    expect(placed).toMatchObject({ order: { state: 'PAID', total: { amount: '0.00' }, payment: null } });
    expect((await app.graphql(ENTITLEMENTS, {}, learner)).data).toMatchObject({
      viewer: { entitlements: { edges: [{ node: { content: { owned: true } } }] } },
    });
  });

  it('refuses what the learner owns, and what another order of theirs is being paid for', async () => {
    await using app = await startTestApp();
    const one = await aContentForSale(app);
    const two = await aContent(app);
    const learner = await aLearner(app);
    await placedOrder(app, learner, { contentIds: [one.id] });
    const refused = { code: 'ALREADY_OWNED', contentIds: [globalId('Content', one.id)] };
    expect(await placeOrder(app, learner, { contentIds: [two.id, one.id] })).toMatchObject(refused);
    await app.drainJobs();
    expect(await placeOrder(app, learner, { contentIds: [two.id, one.id] })).toMatchObject(refused);
    expect(await placeOrder(app, await aLearner(app), { contentIds: [one.id] })).toHaveProperty('order');
  });

  it('refuses what is not a proper order, by the field', async () => {
    await using app = await startTestApp();
    const yuan = await aContent(app);
    const dollars = await aContent(app, { currency: 'USD' });
    const learner = await aLearner(app);
    const field = async (input: Parameters<typeof placeOrder>[2]) =>
      (await placeOrder(app, learner, input)) as unknown as { field: string };
    expect(await field({ contentIds: [] })).toMatchObject({ field: 'contentIds' });
    expect(await field({ contentIds: [yuan.id, yuan.id] })).toMatchObject({ field: 'contentIds' });
    expect(await field({ contentIds: [yuan.id, dollars.id] })).toMatchObject({ field: 'contentIds' });
    expect(await field({ contentIds: [yuan.id], paymentMethod: 'sandbox:magic' })).toMatchObject({
      field: 'paymentMethod',
    });
    expect(await field({ contentIds: [yuan.id], idempotencyKey: 'short' })).toMatchObject({ field: 'idempotencyKey' });
    expect(await placeOrder(app, undefined, { contentIds: [yuan.id] })).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('keeps the price of the day of the order when the content becomes dearer', async () => {
    await using app = await startTestApp();
    const { id } = await aContentForSale(app, { priceMinor: 10_000n });
    const learner = await aLearner(app);
    const order = await placedOrder(app, learner, { contentIds: [id] });
    await app.platform.database.pool.query('update contents set price_minor = 99999 where id = $1', [id]);
    await app.drainJobs();
    expect(await seeOrder(app, learner, order)).toMatchObject({ state: 'PAID', total: { amount: '100.00' } });
  });
});

describe('what cannot be bought', () => {
  it('is what is not published, and what does not exist: all named, and nothing ordered', async () => {
    await using app = await startTestApp();
    const good = await aContent(app);
    const bad = [app.platform.ids.next()];
    for (const state of ['DRAFT', 'SUBMITTED', 'APPROVED', 'REJECTED', 'WITHDRAWN'] as const) {
      bad.push((await aContent(app, { state })).id);
    }
    const learner = await aLearner(app);
    expect(await placeOrder(app, learner, { contentIds: [good.id, ...bad] })).toMatchObject({
      code: 'NOT_ON_OFFER',
      contentIds: bad.map((id) => globalId('Content', id)),
    });
    expect((await app.graphql('{ viewer { orders { edges { cursor } } } }', {}, learner)).data).toEqual({
      viewer: { orders: { edges: [] } },
    });
  });

  it('is what no licence covers at that instant in the country of the learner', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-01T00:00:00Z') });
    const until = new Date('2026-11-02T00:00:00Z');
    const { id } = await aContent(app, { licences: [{ territory: ['CN'], validUntil: until }] });
    const [here, abroad, unknown] = [
      await aLearner(app, { country: 'CN' }),
      await aLearner(app, { country: 'DE' }),
      await aLearner(app, { country: null }),
    ];
    const refused = { code: 'NOT_ON_OFFER', contentIds: [globalId('Content', id)] };
    expect(await placeOrder(app, abroad, { contentIds: [id] })).toMatchObject(refused);
    expect(await placeOrder(app, unknown, { contentIds: [id] })).toMatchObject(refused);
    app.clock.set(new Date(until.getTime() - 1));
    expect(await placeOrder(app, here, { contentIds: [id] })).toHaveProperty('order');
    app.clock.set(until);
    const late = await aLearner(app, { country: 'CN' });
    expect(await placeOrder(app, late, { contentIds: [id] })).toMatchObject(refused);
  });

  it('is what a partner supplies that is not active', async () => {
    await using app = await startTestApp();
    const partner = await aPartner(app, { state: 'SUSPENDED' });
    const { id } = await aContent(app, { partnerId: partner.id });
    expect(await placeOrder(app, await aLearner(app), { contentIds: [id] })).toMatchObject({ code: 'NOT_ON_OFFER' });
  });
});
