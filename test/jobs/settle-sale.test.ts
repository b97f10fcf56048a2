import { describe, expect, it } from 'vitest';
import { NoContractInForceError } from '../../src/contracts/index.ts';
import { aContent } from '../support/contents.ts';
import { aContract, deduction, platformAndOwner, share } from '../support/contracts.ts';
import { countQueries } from '../support/count-queries.ts';
import { rawSql } from '../support/ledger.ts';
import { aPaidOrder } from '../support/orders.ts';
import { aPartner } from '../support/partners.ts';
import { aLearner } from '../support/people.ts';
import { aTouchpoint, balances, recordPurchase } from '../support/settlement.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const payable = ({ id }: { id: string }) => `partner:${id}:payable`;

const SHARES = `
  select party, partner_id, share.amount_minor::text as amount, basis_minor::text as basis, explanation
  from allocation_shares share order by position`;

/** A partner whose contents are sold at 30 % for the platform. */
async function aSupplier(app: TestApp) {
  const partner = await aPartner(app);
  await aContract(app, { parties: [{ partnerId: partner.id }] });
  return partner;
}

describe('settling a sale', () => {
  it('splits it by the contract and posts it: 99.00 with a fee of 0.59 that no clause deducts', async () => {
    await using app = await startTestApp();
    const partner = await aSupplier(app);
    const order = await aPaidOrder(app, { contentIds: [(await aContent(app, { partnerId: partner.id })).id] });
    await app.platform.database.transaction(async (em) => {
      const payload = { orderId: order.id };
      app.services.outbox.enqueue(em, { job: 'settle-sale', payload, requestedBy: { kind: 'SYSTEM', name: 'test' } });
    });
    await app.drainJobs();
    expect(await balances(app)).toEqual({
      'provider:sandbox:clearing': 9_900n,
      'provider:sandbox:fees': -59n,
      'platform:revenue': -2_911n,
      [payable(partner)]: -6_930n,
    });
    expect(await rawSql(app, SHARES)).toEqual([
      {
        party: 'PLATFORM',
        partner_id: null,
        amount: '2970',
        basis: '9900',
        explanation: '30% of 99.00 CNY, the whole sale (clause 1.1).',
      },
      {
        party: 'PARTNER',
        partner_id: partner.id,
        amount: '6930',
        basis: '6930',
        explanation: '100% of 69.30 CNY, the rest at step 2 (clause 2.1).',
      },
      {
        party: 'PAYMENT_PROVIDER',
        partner_id: null,
        amount: '59',
        basis: '59',
        explanation: 'Payment provider fee of 0.59 CNY, which no term deducts: the platform bears it.',
      },
      {
        party: 'PLATFORM',
        partner_id: null,
        amount: '-59',
        basis: '59',
        explanation: 'Payment provider fee of 0.59 CNY, which no term deducts: the platform bears it.',
      },
    ]);
  });

  it('changes nothing the second time', async () => {
    await using app = await startTestApp();
    const partner = await aSupplier(app);
    const order = await aPaidOrder(app, { contentIds: [(await aContent(app, { partnerId: partner.id })).id] });
    expect(await app.services.allocations.settleSales([order.id])).toEqual({ allocations: 1 });
    const before = await balances(app);
    expect(await app.services.allocations.settleSales([order.id])).toEqual({ allocations: 0 });
    expect(await balances(app)).toEqual(before);
  });

  it('settles once when sixteen jobs settle the same orders at once', async () => {
    await using app = await startTestApp();
    const partner = await aSupplier(app);
    const content = await aContent(app, { partnerId: partner.id });
    const orders: string[] = [];
    for (let n = 0; n < 5; n++) orders.push((await aPaidOrder(app, { contentIds: [content.id] })).id);
    const runs = Array.from({ length: 16 }, (_, n) =>
      app.services.allocations.settleSales(n % 2 ? orders.toReversed() : orders),
    );
    const made = await Promise.all(runs);
    expect(made.reduce((sum, { allocations }) => sum + allocations, 0)).toBe(5);
    expect((await balances(app))['provider:sandbox:clearing']).toBe(5n * 9_900n);
  });

  it('takes the fee off before the others share, by price over the items of two suppliers', async () => {
    await using app = await startTestApp();
    const [first, second] = [await aPartner(app), await aPartner(app)];
    for (const { id: partnerId } of [first, second]) {
      await aContract(app, {
        parties: [{ partnerId }],
        versions: [{ terms: [deduction(1), share(2, { percent: '100', beneficiary: 'CONTENT_OWNER' })] }],
      });
    }
    const cheap = await aContent(app, { partnerId: first.id, priceMinor: 1_000n });
    const dear = await aContent(app, { partnerId: second.id, priceMinor: 2_000n });
    const order = await aPaidOrder(app, { contentIds: [cheap.id, dear.id], feeMinor: 100n });
    await app.services.allocations.settleSales([order.id]);
    expect(await balances(app)).toEqual({
      'provider:sandbox:clearing': 3_000n,
      'provider:sandbox:fees': -100n,
      [payable(first)]: -967n,
      [payable(second)]: -1_933n,
    });
  });

  it('pays the campaign pool by attribution credit: 10.00 among three touchpoints of two partners', async () => {
    await using app = await startTestApp();
    const [owner, gym, bank] = [await aPartner(app), await aPartner(app), await aPartner(app)];
    const terms = [
      share(1, { percent: '10', basis: 'SALE', beneficiary: 'CAMPAIGN_POOL' }),
      share(2, { percent: '100', beneficiary: 'CONTENT_OWNER' }),
    ];
    await aContract(app, { parties: [{ partnerId: owner.id }], versions: [{ poolModel: 'LINEAR', terms }] });
    const content = await aContent(app, { partnerId: owner.id, priceMinor: 10_000n });
    const learner = await aLearner(app);
    for (const [hoursAgo, { id: partnerId }] of [
      [3, gym],
      [2, bank],
      [1, gym],
    ] as const) {
      const occurredAt = new Date(app.clock.now().getTime() - hoursAgo * 3_600_000);
      await aTouchpoint(app, { userId: learner.id, partnerId, occurredAt });
    }
    const order = await aPaidOrder(app, { contentIds: [content.id], userId: learner.id, feeMinor: 0n });
    await recordPurchase(app, order);
    await app.services.allocations.settleSales([order.id]);
    expect(await balances(app)).toEqual({
      'provider:sandbox:clearing': 10_000n,
      [payable(owner)]: -9_000n,
      [payable(gym)]: -667n,
      [payable(bank)]: -333n,
    });
  });

  it('fails for good without a contract in force, and settles once there is one', async () => {
    await using app = await startTestApp();
    const partner = await aPartner(app);
    const order = await aPaidOrder(app, { contentIds: [(await aContent(app, { partnerId: partner.id })).id] });
    await aContract(app, { parties: [{ partnerId: partner.id }], currency: 'EUR' });
    await aContract(app, { parties: [{ partnerId: partner.id, role: 'LICENSOR' }] });
    await aContract(app, { parties: [{ partnerId: partner.id }], state: 'PROPOSED' });
    await expect(app.services.allocations.settleSales([order.id])).rejects.toThrow(NoContractInForceError);
    expect(await balances(app)).toEqual({});
    await aContract(app, { parties: [{ partnerId: partner.id }] });
    expect(await app.services.allocations.settleSales([order.id])).toEqual({ allocations: 1 });
  });

  it('gives the job up with the reason when no contract is in force, without trying again', async () => {
    await using app = await startTestApp();
    const order = await aPaidOrder(app);
    await app.platform.database.transaction(async (em) => {
      const payload = { orderId: order.id };
      app.services.outbox.enqueue(em, { job: 'settle-sale', payload, requestedBy: { kind: 'SYSTEM', name: 'test' } });
    });
    await expect(app.drainJobs()).rejects.toThrow(/settle-sale: No contract of partner .* is in force in CNY/);
  });

  it('takes the version in effect at the sale and recorded by now', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-01T08:00:00Z') });
    const partner = await aPartner(app);
    const all = [share(1, { percent: '100', beneficiary: 'PLATFORM' })];
    const versions = [
      { terms: platformAndOwner },
      { effectiveFrom: new Date('2026-10-15T00:00:00Z'), terms: all },
      { effectiveFrom: new Date('2026-09-01T00:00:00Z'), recordedAt: null, terms: all },
    ];
    await aContract(app, { parties: [{ partnerId: partner.id }], versions });
    const contentIds = [(await aContent(app, { partnerId: partner.id })).id];
    const before = await aPaidOrder(app, { contentIds, paidAt: new Date('2026-10-14T23:59:59.999Z'), feeMinor: 0n });
    const after = await aPaidOrder(app, { contentIds, paidAt: new Date('2026-10-15T00:00:00Z'), feeMinor: 0n });
    await app.services.allocations.settleSales([before.id, after.id]);
    expect(await balances(app)).toMatchObject({ 'platform:revenue': -12_870n, [payable(partner)]: -6_930n });
  });

  it("counts a sale in the month of the contract's time zone", async () => {
    await using app = await startTestApp();
    const partner = await aPartner(app);
    await aContract(app, { parties: [{ partnerId: partner.id }], timeZone: 'Asia/Shanghai' });
    const contentIds = [(await aContent(app, { partnerId: partner.id })).id];
    const october = await aPaidOrder(app, { contentIds, paidAt: new Date('2026-10-31T15:59:59.999Z') });
    const november = await aPaidOrder(app, { contentIds, paidAt: new Date('2026-10-31T16:00:00Z') });
    await app.services.allocations.settleSales([october.id, november.id]);
    const periods = await rawSql(app, 'select period from allocations order by effective_at');
    expect(periods).toEqual([{ period: '2026-10' }, { period: '2026-11' }]);
  });

  it('has nothing to split where nothing was paid', async () => {
    await using app = await startTestApp();
    const content = await aContent(app, { priceMinor: 0n });
    const order = await aPaidOrder(app, { contentIds: [content.id], feeMinor: 0n });
    expect(await app.services.allocations.settleSales([order.id])).toEqual({ allocations: 0 });
  });

  it('sends as many statements for forty orders as for one', async () => {
    await using app = await startTestApp();
    const partner = await aSupplier(app);
    const contentIds = [(await aContent(app, { partnerId: partner.id })).id];
    const orders: string[] = [];
    for (let n = 0; n < 42; n++) orders.push((await aPaidOrder(app, { contentIds })).id);
    await app.services.allocations.settleSales(orders.slice(0, 1));
    const one = await countQueries(app, () => app.services.allocations.settleSales(orders.slice(1, 2)));
    const forty = await countQueries(app, () => app.services.allocations.settleSales(orders.slice(2)));
    expect(forty).toBe(one);
  });
});
