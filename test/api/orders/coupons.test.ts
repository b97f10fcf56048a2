import { describe, expect, it } from 'vitest';
import { findSettlementFacts } from '../../../src/orders/index.ts';
import { globalId, localId } from '../../../src/shared/global-id.ts';
import { aContent } from '../../support/contents.ts';
import { aContentForSale, placeOrder, seeOrder } from '../../support/order-operations.ts';
import { aFinanceClerk, aLearner, type TestPerson } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const CREATE = /* GraphQL */ `
  mutation ($input: CreateCouponInput!) {
    createCoupon(input: $input) {
      __typename
      ... on CreateCouponSuccess { coupon { code percent amount { amount currency } maxUses partner { id } } }
      ... on UserError { code message }
      ... on InvalidInputError { field }
      ... on CouponCodeTakenError { couponCode }
    }
  }`;

async function createCoupon(app: TestApp, viewer: { token: string } | undefined, input: object): Promise<unknown> {
  const variables = { input: { description: 'For the autumn campaign.', ...input } };
  return (await app.query<{ createCoupon: unknown }>(CREATE, variables, viewer ?? {})).createCoupon;
}

/** Makes a coupon that must be made. */
async function aCoupon(app: TestApp, input: object): Promise<void> {
  expect(await createCoupon(app, await aFinanceClerk(app), input)).toHaveProperty('coupon');
}

const refusal = (reason: string) => ({ __typename: 'CouponNotUsableError', code: 'COUPON_NOT_USABLE', reason });

describe('a coupon', () => {
  it('takes a percentage off each content, to the cent in all, and the order says so', async () => {
    await using app = await startTestApp();
    await aCoupon(app, { code: 'autumn-10', percent: '10' });
    const contents = [
      await aContentForSale(app, { priceMinor: 999n }),
      await aContentForSale(app, { priceMinor: 1_999n }),
    ];
    const learner = await aLearner(app);
    const contentIds = contents.map(({ id }) => id);
    const placed = await placeOrder(app, learner, { contentIds, couponCode: ' Autumn-10 ' });
    expect(placed).toMatchObject({
      order: {
        couponCode: 'AUTUMN-10',
        total: { amount: '26.98' },
        discount: { amount: '3.00' },
        items: [
          { listPrice: { amount: '9.99' }, discount: { amount: '1.00' }, price: { amount: '8.99' } },
          { listPrice: { amount: '19.99' }, discount: { amount: '2.00' }, price: { amount: '17.99' } },
        ],
      },
    });
    await app.drainJobs();
    const orderId = placed.order?.id ?? '';
    expect(await seeOrder(app, learner, orderId)).toMatchObject({ state: 'PAID', total: { amount: '26.98' } });
    const facts = await findSettlementFacts(app.platform.database.orm.em.fork(), [localId('Order', orderId)]);
    expect(facts[0]?.items).toMatchObject([
      { listPriceMinor: 999n, discountMinor: 100n, priceMinor: 899n },
      { listPriceMinor: 1_999n, discountMinor: 200n, priceMinor: 1_799n },
    ]);
  });

  it.each([
    { currency: 'JPY', priceMinor: 1_000n, amountMinor: '301', total: '699' },
    { currency: 'KWD', priceMinor: 12_345n, amountMinor: '1', total: '12.344' },
  ])(
    'takes an amount of its own currency off, in $currency too',
    async ({ currency, priceMinor, amountMinor, total }) => {
      await using app = await startTestApp();
      await aCoupon(app, { code: 'LESS', amountMinor, currency });
      const { id } = await aContent(app, { priceMinor, currency });
      const other = await aContent(app, { priceMinor: 9_900n, currency: 'CNY' });
      const learner = await aLearner(app);
      const refused = await placeOrder(app, learner, { contentIds: [other.id], couponCode: 'LESS' });
      expect(refused).toMatchObject(refusal('OTHER_CURRENCY'));
      const placed = await placeOrder(app, learner, { contentIds: [id], couponCode: 'LESS' });
      expect(placed).toMatchObject({ order: { total: { amount: total, currency } } });
    },
  );

  it('that takes everything off gives the content at once, without a payment, and the sale still goes into the books', async () => {
    await using app = await startTestApp();
    await aCoupon(app, { code: 'GIFT', amountMinor: '1000000', currency: 'CNY' });
    const { id } = await aContentForSale(app);
    const learner = await aLearner(app);
    const placed = await placeOrder(app, learner, { contentIds: [id], couponCode: 'GIFT' });
    expect(placed).toMatchObject({
      order: { state: 'PAID', total: { amount: '0.00' }, discount: { amount: '99.00' }, payment: null },
    });
    await app.drainJobs();
    const { rows } = await app.platform.database.pool.query('select job from outbox_messages where error is not null');
    expect(rows).toEqual([]);
    const facts = await findSettlementFacts(app.platform.database.orm.em.fork(), [
      localId('Order', placed.order?.id ?? ''),
    ]);
    expect(facts).toMatchObject([
      { totalMinor: 0n, feeMinor: 0n, provider: 'none', items: [{ discountMinor: 9_900n }] },
    ]);
  });

  it('of a partner makes only what that partner sells cheaper', async () => {
    await using app = await startTestApp();
    const own = await aContent(app, { priceMinor: 1_000n });
    const others = await aContent(app, { priceMinor: 1_000n });
    await aCoupon(app, { code: 'HALF', percent: '50', partnerId: globalId('Partner', own.partnerId) });
    const learner = await aLearner(app);
    const refused = await placeOrder(app, learner, { contentIds: [others.id], couponCode: 'HALF' });
    expect(refused).toMatchObject(refusal('OTHER_CONTENTS'));
    const both = await placeOrder(app, learner, { contentIds: [others.id, own.id], couponCode: 'HALF' });
    expect(both).toMatchObject({
      order: {
        total: { amount: '15.00' },
        items: [{ discount: { amount: '0.00' } }, { discount: { amount: '5.00' } }],
      },
    });
  });

  it('is worth nothing before it begins, from when it ends, and under another name', async () => {
    await using app = await startTestApp();
    const day = (of: number) => new Date(Date.UTC(2026, 10, of, 8)).toISOString();
    await aCoupon(app, { code: 'WEEK', percent: '10', validFrom: day(2), validUntil: day(9) });
    const { id } = await aContent(app);
    const learner = await aLearner(app);
    const use = (couponCode = 'WEEK') => placeOrder(app, learner, { contentIds: [id], couponCode });
    expect(await use()).toMatchObject(refusal('TOO_EARLY'));
    expect(await use('WEAK')).toMatchObject(refusal('UNKNOWN'));
    app.clock.set(new Date(day(9)));
    const again = await app.tokenOf(learner.id);
    const late = await placeOrder(app, { token: again }, { contentIds: [id], couponCode: 'WEEK' });
    expect(late).toMatchObject(refusal('EXPIRED'));
    app.clock.set(new Date(day(2)));
    expect(await placeOrder(app, { token: again }, { contentIds: [id], couponCode: 'WEEK' })).toHaveProperty('order');
  });

  it('is used no more often than it may be, however many want it at once; a cancelled order gives its use back', async () => {
    await using app = await startTestApp();
    await aCoupon(app, { code: 'FIRST-3', percent: '10', maxUses: 3 });
    const { id } = await aContent(app);
    const learners: TestPerson[] = [];
    for (let at = 0; at < 16; at++) learners.push(await aLearner(app));
    const use = (learner: TestPerson) => placeOrder(app, learner, { contentIds: [id], couponCode: 'FIRST-3' });
    const placed = await Promise.all(learners.map(use));
    expect(placed.filter((answer) => answer.order)).toHaveLength(3);
    for (const answer of placed.filter(({ order }) => !order)) expect(answer).toMatchObject(refusal('USED_UP'));
    const { rows } = await app.platform.database.pool.query<{ id: string; user_id: string }>(
      'select id, user_id from orders limit 1',
    );
    await app.platform.database.pool.query("update orders set state = 'CANCELLED' where id = $1", [rows[0]?.id]);
    const loser = learners[placed.findIndex(({ order }) => !order)] as TestPerson;
    expect(await use(loser)).toHaveProperty('order');
  });

  it('is part of what an idempotency key stands for', async () => {
    await using app = await startTestApp();
    await aCoupon(app, { code: 'TEN', percent: '10' });
    const { id } = await aContent(app);
    const learner = await aLearner(app);
    const input = { contentIds: [id], idempotencyKey: 'one-cheap-order' };
    await placeOrder(app, learner, { ...input, couponCode: 'TEN' });
    expect(await placeOrder(app, learner, { ...input, couponCode: 'TEN' })).toHaveProperty('order');
    expect(await placeOrder(app, learner, input)).toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  });
});

describe('making a coupon', () => {
  it('is for finance and admins', async () => {
    await using app = await startTestApp();
    const input = { code: 'MINE', percent: '99' };
    expect(await createCoupon(app, undefined, input)).toMatchObject({ code: 'UNAUTHENTICATED' });
    const learner = await aLearner(app);
    expect(await createCoupon(app, learner, input)).toMatchObject({ code: 'FORBIDDEN' });
    const listed = await app.graphql('{ coupons { edges { cursor } } }', {}, learner);
    expect(listed.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('is refused by the field that is wrong, and when the code is taken in any case', async () => {
    await using app = await startTestApp();
    const clerk = await aFinanceClerk(app);
    const wrong: [string, object][] = [
      ['code', { code: 'a b', percent: '10' }],
      ['percent', { code: 'NONE' }],
      ['percent', { code: 'BOTH', percent: '10', amountMinor: '100', currency: 'CNY' }],
      ['percent', { code: 'MUCH', percent: '100.5' }],
      ['percent', { code: 'ZERO', percent: '0' }],
      ['amountMinor', { code: 'LESS', amountMinor: '0', currency: 'CNY' }],
      ['currency', { code: 'BARE', amountMinor: '100' }],
      ['currency', { code: 'ODD', amountMinor: '100', currency: 'ABC' }],
      ['currency', { code: 'GOLD', amountMinor: '100', currency: 'XAU' }],
      ['maxUses', { code: 'USES', percent: '10', maxUses: 0 }],
      ['validUntil', { code: 'OVER', percent: '10', validUntil: '2026-10-01T00:00:00Z' }],
      ['partnerId', { code: 'WHO', percent: '10', partnerId: globalId('Partner', app.platform.ids.next()) }],
    ];
    for (const [field, input] of wrong) {
      expect(await createCoupon(app, clerk, input)).toMatchObject({ code: 'INVALID_INPUT', field });
    }
    await createCoupon(app, clerk, { code: 'Once', percent: '10' });
    expect(await createCoupon(app, clerk, { code: 'ONCE', percent: '20' })).toMatchObject({
      code: 'COUPON_CODE_TAKEN',
      couponCode: 'ONCE',
    });
    const { data } = await app.graphql('{ coupons { edges { node { code percent } } } }', {}, clerk);
    expect(data).toEqual({ coupons: { edges: [{ node: { code: 'ONCE', percent: '10' } }] } });
  });
});
