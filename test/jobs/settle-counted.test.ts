import { describe, expect, it } from 'vitest';
import { recountCounters, storedCounters, unequalAllocations } from '../support/allocation-audit.ts';
import { aContent } from '../support/contents.ts';
import { aContract, share } from '../support/contracts.ts';
import { countQueries } from '../support/count-queries.ts';
import { rawSql } from '../support/ledger.ts';
import { aPaidOrder, aSettledRefund, type TestOrder } from '../support/orders.ts';
import { aPartner } from '../support/partners.ts';
import { aPartialRefund } from '../support/returns.ts';
import { balances } from '../support/settlement.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

/** The owner gets 10 % of the first 100.00 of a month, 20 % up to 300.00 and 50 % of what is above; the platform the rest. */
const tiers = [
  { from: '0', percent: '10' },
  { from: '10000', percent: '20' },
  { from: '30000', percent: '50' },
];
const tiered = share(1, {
  beneficiary: 'CONTENT_OWNER',
  percent: null,
  kind: 'TIERED',
  basis: 'SALE',
  tiers,
  window: 'MONTH',
});

/** What the tiers give on so much in all. */
function marginal(totalMinor: bigint): bigint {
  const within = (from: bigint, to: bigint) =>
    (totalMinor < to ? totalMinor : to) - (totalMinor < from ? totalMinor : from);
  const [low, middle, high] = [within(0n, 10_000n), within(10_000n, 30_000n), within(30_000n, 10n ** 15n)];
  return low / 10n + middle / 5n + high / 2n;
}

async function aScene(app: TestApp, terms: Parameters<typeof aContract>[1]['versions'] = [{ terms: [tiered] }]) {
  const { id: partnerId } = await aPartner(app);
  const contract = await aContract(app, { parties: [{ partnerId }], versions: terms });
  const content = await aContent(app, { partnerId, priceMinor: 10_000n });
  const sell = (paidAt?: Date): Promise<TestOrder> =>
    aPaidOrder(app, { contentIds: [content.id], feeMinor: 0n, ...(paidAt && { paidAt }) });
  return {
    payable: `partner:${partnerId}:payable`,
    advances: `partner:${partnerId}:advances`,
    partnerId,
    contract,
    sell,
  };
}

describe('settling by what was sold before', () => {
  it('goes up the tiers margin by margin, anew each month, whether one by one or together', async () => {
    await using app = await startTestApp();
    const { payable, contract, sell } = await aScene(app);
    const earned = async () => -((await balances(app))[payable] ?? 0n);
    await app.services.allocations.settleSales([(await sell()).id]);
    expect(await earned()).toBe(1_000n);
    const orders = [(await sell()).id, (await sell()).id, (await sell()).id, (await sell()).id];
    await app.services.allocations.settleSales(orders);
    expect(await earned()).toBe(1_000n + 2_000n + 2_000n + 5_000n + 5_000n);
    await app.services.allocations.settleSales([(await sell(new Date('2026-10-31T15:00:00Z'))).id]);
    expect(await earned()).toBe(16_000n);
    expect(await storedCounters(app, contract.id)).toEqual(await recountCounters(app, contract.id));
    const explained = await rawSql(app, `select explanation from allocation_shares where amount_minor = 5000 limit 1`);
    expect(explained[0]?.explanation).toContain('50%');
  });

  it('forgets what went back: the next sale begins where the tiers stand then', async () => {
    await using app = await startTestApp();
    const { payable, contract, sell } = await aScene(app);
    const first = await sell();
    await app.services.allocations.settleSales([first.id, (await sell()).id]);
    await app.services.allocations.settleRefunds([await aSettledRefund(app, first)]);
    expect((await balances(app))[payable]).toBe(-2_000n);
    await app.services.allocations.settleSales([(await sell()).id]);
    expect((await balances(app))[payable]).toBe(-4_000n);
    const counted = await storedCounters(app, contract.id);
    expect(Object.values(counted)).toEqual([20_000n]);
    expect(counted).toEqual(await recountCounters(app, contract.id));
  });

  it('stops at a cap, and takes more again once a part went back', async () => {
    await using app = await startTestApp();
    const capped = share(1, {
      beneficiary: 'CONTENT_OWNER',
      percent: '50',
      basis: 'SALE',
      capMinor: 7_000n,
      capWindow: 'CONTRACT',
    });
    const { payable, contract, sell } = await aScene(app, [{ terms: [capped] }]);
    const first = await sell();
    for (const { id } of [first, await sell(), await sell()]) await app.services.allocations.settleSales([id]);
    expect((await balances(app))[payable]).toBe(-7_000n);
    await app.services.allocations.settleRefunds([await aPartialRefund(app, first, { amountMinor: 5_000n })]);
    expect((await balances(app))[payable]).toBe(-4_500n);
    await app.services.allocations.settleSales([(await sell()).id]);
    expect((await balances(app))[payable]).toBe(-7_000n);
    expect(await storedCounters(app, contract.id)).toEqual(await recountCounters(app, contract.id));
  });

  it('pays an advance once, and recoups it out of what is earned until nothing is outstanding', async () => {
    await using app = await startTestApp();
    const terms = [
      share(1, { beneficiary: 'CONTENT_OWNER', percent: '50', basis: 'SALE' }),
      share(9, { beneficiary: 'CONTENT_OWNER', percent: '80', kind: 'ADVANCE', amountMinor: 6_000n, clause: '9.1' }),
    ].map((term) => (term.kind === 'ADVANCE' ? { ...term, basis: null } : term));
    const { payable, advances, contract, sell } = await aScene(app, [{ terms }]);
    const paid = await Promise.all([1, 2, 3].map(() => app.services.advances.payDue(contract.id)));
    expect(paid.sort()).toEqual([0, 0, 1]);
    expect(await app.services.advances.payDue(contract.id)).toBe(0);
    expect(await balances(app)).toEqual({ [advances]: 6_000n, [payable]: -6_000n });
    const first = await sell();
    await app.services.allocations.settleSales([first.id]);
    expect(await balances(app)).toMatchObject({ [advances]: 2_000n, [payable]: -7_000n });
    await app.services.allocations.settleSales([(await sell()).id]);
    const settled = await balances(app);
    expect(settled[payable]).toBe(-10_000n);
    expect(settled[advances]).toBeUndefined();
    await app.services.allocations.settleRefunds([await aSettledRefund(app, first)]);
    expect(await balances(app)).toMatchObject({ [advances]: 4_000n, [payable]: -9_000n });
    expect(await storedCounters(app, contract.id)).toEqual(await recountCounters(app, contract.id));
    expect(await unequalAllocations(app, contract.id)).toEqual([]);
  });

  it('gives sixteen sales at once what sixteen in a row would have got, to the last unit', async () => {
    await using app = await startTestApp();
    const { payable, contract, sell } = await aScene(app);
    const orders: string[] = [];
    for (let n = 0; n < 16; n++) orders.push((await sell()).id);
    await Promise.all(orders.map((id) => app.services.allocations.settleSales([id])));
    expect((await balances(app))[payable]).toBe(-marginal(160_000n));
    const counted = await storedCounters(app, contract.id);
    expect(Object.values(counted)).toEqual([160_000n]);
    expect(counted).toEqual(await recountCounters(app, contract.id));
    expect(await unequalAllocations(app, contract.id)).toEqual([]);
  });

  it('keeps counters right while sales and refunds come at once', async () => {
    await using app = await startTestApp();
    const { contract, sell } = await aScene(app);
    const sold: TestOrder[] = [];
    for (let n = 0; n < 8; n++) sold.push(await sell());
    const refunds: string[] = [];
    for (const [n, order] of sold.slice(0, 4).entries()) {
      refunds.push(await aPartialRefund(app, order, { amountMinor: 1_111n * BigInt(n + 1) }));
    }
    const { allocations } = app.services;
    await Promise.all([
      ...sold.map(({ id }) => allocations.settleSales([id])),
      ...refunds.map((id) => allocations.settleRefunds([id])),
    ]);
    const counted = await storedCounters(app, contract.id);
    expect(Object.values(counted)).toEqual([80_000n - 11_110n]);
    expect(counted).toEqual(await recountCounters(app, contract.id));
    expect(await unequalAllocations(app, contract.id)).toEqual([]);
  });

  it('sends as many statements for twenty counted orders as for one', async () => {
    await using app = await startTestApp();
    const { sell } = await aScene(app);
    const orders: string[] = [];
    for (let n = 0; n < 22; n++) orders.push((await sell()).id);
    await app.services.allocations.settleSales(orders.slice(0, 1));
    const one = await countQueries(app, () => app.services.allocations.settleSales(orders.slice(1, 2)));
    const twenty = await countQueries(app, () => app.services.allocations.settleSales(orders.slice(2)));
    expect(twenty).toBe(one);
  });
});
