import { expect, it } from 'vitest';
import { NoContractInForceError } from '../../src/contracts/index.ts';
import { aContent } from '../support/contents.ts';
import { aContract } from '../support/contracts.ts';
import { rawSql } from '../support/ledger.ts';
import { aPaidOrder, aSettledRefund } from '../support/orders.ts';
import { aPartner } from '../support/partners.ts';
import { balances } from '../support/settlement.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

async function aSupplier(app: TestApp) {
  const { id: partnerId } = await aPartner(app);
  await aContract(app, { parties: [{ partnerId }] });
  const content = await aContent(app, { partnerId, priceMinor: 10_000n });
  return {
    payable: `partner:${partnerId}:payable`,
    sell: () => aPaidOrder(app, { contentIds: [content.id], feeMinor: 0n }),
  };
}

it('splits an order once, whoever of thirty-two settles it', async () => {
  await using app = await startTestApp();
  const { sell, payable } = await aSupplier(app);
  const order = await sell();
  const { allocations } = app.services;
  const writers = Array.from({ length: 32 }, (_, n) =>
    n % 2 ? allocations.settleSale(order.id) : allocations.settleSales([order.id]),
  );
  await Promise.all(writers);
  expect((await balances(app))[payable]).toBe(-7_000n);
  expect(await rawSql(app, 'select count(*)::int as n from allocations')).toEqual([{ n: 1 }]);
});

it('ends at nothing when a sale is settled and refunded at the same time', async () => {
  await using app = await startTestApp();
  const { sell } = await aSupplier(app);
  const { allocations } = app.services;
  const orders = [await sell(), await sell(), await sell(), await sell()];
  const refunds: string[] = [];
  for (const order of orders) refunds.push(await aSettledRefund(app, order));
  await Promise.all([
    ...orders.map(({ id }) => allocations.settleSale(id)),
    ...refunds.flatMap((id) => [allocations.settleRefunds([id]), allocations.settleRefunds([id])]),
  ]);
  expect(await balances(app)).toEqual({});
});

it('settles by few transactions what is asked for at once, and lets nobody fail for another', async () => {
  await using app = await startTestApp();
  const { sell, payable } = await aSupplier(app);
  const orders = [];
  for (let n = 0; n < 10; n++) orders.push(await sell());
  const waiting = await aPaidOrder(app);
  const wanted = [...orders.slice(0, 5), waiting, ...orders.slice(5), orders[0] ?? waiting];
  const outcomes = await Promise.allSettled(wanted.map(({ id }) => app.services.allocations.settleSale(id)));
  const failed = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  expect(failed).toEqual([expect.any(NoContractInForceError)]);
  expect(outcomes[5]?.status).toBe('rejected');
  expect((await balances(app))[payable]).toBe(-70_000n);
});
