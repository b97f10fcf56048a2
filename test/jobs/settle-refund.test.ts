import { describe, expect, it } from 'vitest';
import { Refund } from '../../src/orders/index.ts';
import { aContent } from '../support/contents.ts';
import { aContract, deduction, share } from '../support/contracts.ts';
import { aPaidOrder, aSettledRefund, type TestOrder } from '../support/orders.ts';
import { aPartner } from '../support/partners.ts';
import { balances } from '../support/settlement.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

/** 100.00 and 50.00 of a supplier and a licensor, with a fee of 0.91 before the thirds. */
async function aSale(app: TestApp): Promise<TestOrder> {
  const [owner, press] = [await aPartner(app), await aPartner(app)];
  const terms = [
    deduction(1),
    share(2, { percent: '33.33', beneficiary: 'CONTENT_OWNER' }),
    share(2, { percent: '33.33', beneficiary: 'PARTNER', partnerId: press.id }),
  ];
  const parties = [{ partnerId: owner.id }, { partnerId: press.id, role: 'LICENSOR' as const }];
  await aContract(app, { parties, versions: [{ terms }] });
  const first = await aContent(app, { partnerId: owner.id, priceMinor: 10_000n });
  const second = await aContent(app, { partnerId: owner.id, priceMinor: 5_000n });
  return aPaidOrder(app, { contentIds: [first.id, second.id], feeMinor: 91n });
}

/** A refund of a part, as the provider would confirm it. */
async function aPartialRefund(app: TestApp, order: TestOrder, amountMinor: bigint): Promise<string> {
  const id = app.platform.ids.next();
  await app.platform.database.transaction(async (em) => {
    const at = app.clock.now();
    const told = { reason: 'A part of it.', requestedBy: 'system:test', requestedAt: at, settledAt: at };
    const data = { id, orderId: order.id, amountMinor, state: 'SUCCEEDED' as const, idempotencyKey: id, ...told };
    em.create(Refund, data, { persist: true });
  });
  return id;
}

describe('settling a refund', () => {
  it('returns from each party exactly what the sale gave it', async () => {
    await using app = await startTestApp();
    const order = await aSale(app);
    await app.services.allocations.settleSales([order.id]);
    const refundId = await aSettledRefund(app, order);
    expect(await app.services.allocations.settleRefunds([refundId])).toEqual({ allocations: 2 });
    expect(await balances(app)).toEqual({});
  });

  it('changes nothing the second time, nor when sixteen jobs come at once', async () => {
    await using app = await startTestApp();
    const order = await aSale(app);
    await app.services.allocations.settleSales([order.id]);
    const refundId = await aPartialRefund(app, order, 7_777n);
    const runs = Array.from({ length: 16 }, () => app.services.allocations.settleRefunds([refundId]));
    const made = await Promise.all(runs);
    expect(made.reduce((sum, { allocations }) => sum + allocations, 0)).toBe(2);
    expect((await balances(app))['provider:sandbox:clearing']).toBe(15_000n - 7_777n);
  });

  it('splits the sale first when its own job has not come yet', async () => {
    await using app = await startTestApp();
    const order = await aSale(app);
    const refundId = await aSettledRefund(app, order);
    expect(await app.services.allocations.settleRefunds([refundId])).toEqual({ allocations: 2 });
    expect(await app.services.allocations.settleSales([order.id])).toEqual({ allocations: 0 });
    expect(await balances(app)).toEqual({});
  });

  it('comes to nothing after any parts that sum to the whole', async () => {
    await using app = await startTestApp();
    const order = await aSale(app);
    await app.services.allocations.settleSales([order.id]);
    const parts = [1n, 4_999n, 333n, 6_667n, 2_999n, 1n];
    for (const part of parts.slice(0, 3)) {
      await app.services.allocations.settleRefunds([await aPartialRefund(app, order, part)]);
    }
    expect((await balances(app))['provider:sandbox:clearing']).toBe(15_000n - 5_333n);
    const rest = [];
    for (const part of parts.slice(3)) rest.push(await aPartialRefund(app, order, part));
    await app.services.allocations.settleRefunds(rest);
    expect(await balances(app)).toEqual({});
  });

  it('leaves to the platform what was paid back beyond what was paid', async () => {
    await using app = await startTestApp();
    const order = await aSale(app);
    await app.services.allocations.settleSales([order.id]);
    await app.services.allocations.settleRefunds([await aPartialRefund(app, order, 14_999n)]);
    await app.services.allocations.settleRefunds([await aPartialRefund(app, order, 3n)]);
    expect(await balances(app)).toEqual({ 'platform:chargebacks': 2n, 'provider:sandbox:clearing': -2n });
  });
});
