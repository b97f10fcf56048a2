import { describe, expect, it } from 'vitest';
import { findSettlementFacts } from '../../../src/orders/index.ts';
import { localId } from '../../../src/shared/global-id.ts';
import { aContent } from '../../support/contents.ts';
import { placeOrder } from '../../support/order-operations.ts';
import { aFinanceClerk, aLearner, anAdmin } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const SET = /* GraphQL */ `
  mutation ($input: SetTaxRateInput!) {
    setTaxRate(input: $input) {
      __typename
      ... on SetTaxRateSuccess { taxRate { country percent validFrom } }
      ... on UserError { code message }
      ... on InvalidInputError { field }
    }
  }`;

async function setTaxRate(app: TestApp, viewer: { token: string } | undefined, input: object): Promise<unknown> {
  return (await app.query<{ setTaxRate: unknown }>(SET, { input }, viewer ?? {})).setTaxRate;
}

describe('the tax of an order', () => {
  it('is within its price, by the rate of the buyer’s country at the time of the order', async () => {
    await using app = await startTestApp();
    const clerk = await aFinanceClerk(app);
    await setTaxRate(app, clerk, { country: 'DE', percent: '19', validFrom: '2026-01-01T00:00:00Z' });
    await setTaxRate(app, clerk, { country: 'DE', percent: '7', validFrom: '2026-11-01T09:00:00Z' });
    const { id } = await aContent(app, { priceMinor: 11_900n });
    const buy = async () => placeOrder(app, await aLearner(app, { country: 'DE' }), { contentIds: [id] });
    const early = await buy();
    expect(early).toMatchObject({ order: { total: { amount: '119.00' }, tax: { amount: '19.00' } } });
    app.clock.advance(3_600_000);
    expect(await buy()).toMatchObject({ order: { total: { amount: '119.00' }, tax: { amount: '7.79' } } });
    await setTaxRate(app, clerk, { country: 'DE', percent: '25', validFrom: '2026-02-01T00:00:00Z' });
    const { rows } = await app.platform.database.pool.query(
      'select tax_minor from order_items order by tax_minor desc',
    );
    expect(rows).toEqual([{ tax_minor: 1_900n }, { tax_minor: 779n }]);
  });

  it('is nothing where no rate is set, where the country is not known, and before the first rate', async () => {
    await using app = await startTestApp();
    await setTaxRate(app, await aFinanceClerk(app), {
      country: 'DE',
      percent: '19',
      validFrom: '2026-12-01T00:00:00Z',
    });
    const { id } = await aContent(app);
    for (const country of ['FR', 'DE']) {
      const placed = await placeOrder(app, await aLearner(app, { country }), { contentIds: [id] });
      expect(placed).toMatchObject({ order: { tax: { amount: '0.00' } } });
    }
  });

  it('is of what is paid, after the discount, item by item; the settlement learns it', async () => {
    await using app = await startTestApp();
    const clerk = await aFinanceClerk(app);
    await setTaxRate(app, clerk, { country: 'JP', percent: '10', validFrom: '2026-01-01T00:00:00Z' });
    const input = { code: 'HALF', percent: '50', description: 'Half.' };
    await app.query(
      'mutation ($input: CreateCouponInput!) { createCoupon(input: $input) { __typename } }',
      { input },
      clerk,
    );
    const contents = [
      await aContent(app, { priceMinor: 2_200n, currency: 'JPY' }),
      await aContent(app, { priceMinor: 1_001n, currency: 'JPY' }),
    ];
    const learner = await aLearner(app, { country: 'JP' });
    const placed = await placeOrder(app, learner, { contentIds: contents.map(({ id }) => id), couponCode: 'HALF' });
    expect(placed).toMatchObject({ order: { total: { amount: '1600' }, tax: { amount: '145' } } });
    await app.platform.database.pool.query("update orders set state = 'PAID', paid_at = placed_at");
    const facts = await findSettlementFacts(app.platform.database.orm.em.fork(), [
      localId('Order', placed.order?.id ?? ''),
    ]);
    expect(facts[0]?.items).toMatchObject([
      { priceMinor: 1_100n, discountMinor: 1_100n, taxMinor: 100n },
      { priceMinor: 500n, discountMinor: 501n, taxMinor: 45n },
    ]);
  });
});

describe('setting a tax rate', () => {
  it('is for finance and admins, names what is wrong, and never changes a rate that stands', async () => {
    await using app = await startTestApp();
    const rate = { country: 'DE', percent: '19', validFrom: '2026-01-01T00:00:00.000Z' };
    expect(await setTaxRate(app, undefined, rate)).toMatchObject({ code: 'UNAUTHENTICATED' });
    const learner = await aLearner(app);
    expect(await setTaxRate(app, learner, rate)).toMatchObject({ code: 'FORBIDDEN' });
    const listed = await app.graphql('{ taxRates { edges { cursor } } }', {}, learner);
    expect(listed.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    const admin = await anAdmin(app);
    expect(await setTaxRate(app, admin, { ...rate, country: 'Germany' })).toMatchObject({ field: 'country' });
    expect(await setTaxRate(app, admin, { ...rate, percent: '101' })).toMatchObject({ field: 'percent' });
    expect(await setTaxRate(app, admin, rate)).toMatchObject({ taxRate: rate });
    expect(await setTaxRate(app, admin, rate)).toMatchObject({ taxRate: rate });
    expect(await setTaxRate(app, admin, { ...rate, percent: '20' })).toMatchObject({ code: 'TAX_RATE_SET' });
    const { data } = await app.graphql('{ taxRates(country: "DE") { edges { node { percent } } } }', {}, admin);
    expect(data).toEqual({ taxRates: { edges: [{ node: { percent: '19' } }] } });
    const edit = app.platform.database.pool.query("update tax_rates set percent = '1'");
    await expect(edit).rejects.toThrow('tax_rates is append-only');
  });
});
