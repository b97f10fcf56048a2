import { expect, it } from 'vitest';
import { recurrences, type WantedJob } from '../../jobs/schedule.ts';
import { aContent } from '../support/contents.ts';
import { aContract } from '../support/contracts.ts';
import { aPaidOrder, aSettledRefund } from '../support/orders.ts';
import { aPartner } from '../support/partners.ts';
import { balances } from '../support/settlement.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

async function whatIsDue(app: TestApp): Promise<readonly WantedJob[]> {
  return (await recurrences['settle-what-waits']?.due(app.clock.now(), app.services)) ?? [];
}

it('finds sales and refunds that were given up for want of a contract, until they are in the books', async () => {
  await using app = await startTestApp();
  const { id: partnerId } = await aPartner(app);
  const contentIds = [(await aContent(app, { partnerId })).id];
  const kept = await aPaidOrder(app, { contentIds });
  const returned = await aPaidOrder(app, { contentIds });
  const refundId = await aSettledRefund(app, returned);
  const due = await whatIsDue(app);
  expect(due.filter(({ job }) => job === 'settle-sale')).toHaveLength(2);
  expect(due.filter(({ job }) => job === 'settle-refund')).toEqual([{ job: 'settle-refund', payload: { refundId } }]);

  await aContract(app, { parties: [{ partnerId }] });
  await app.services.allocations.settleSales([kept.id]);
  await app.services.allocations.settleRefunds([refundId]);
  expect(await whatIsDue(app)).toEqual([]);
  expect(await balances(app)).toMatchObject({ [`partner:${partnerId}:payable`]: -6_930n });
});

it('finds nothing more of an order of which one content was free', async () => {
  await using app = await startTestApp();
  const { id: partnerId } = await aPartner(app);
  await aContract(app, { parties: [{ partnerId }] });
  const [priced, free] = [await aContent(app, { partnerId }), await aContent(app, { partnerId, priceMinor: 0n })];
  const order = await aPaidOrder(app, { contentIds: [priced.id, free.id] });
  expect(await whatIsDue(app)).toHaveLength(1);
  await app.services.allocations.settleSales([order.id]);
  expect(await whatIsDue(app)).toEqual([]);
});

it('leaves alone what is not paid, and what costs nothing', async () => {
  await using app = await startTestApp();
  await aPaidOrder(app, { contentIds: [(await aContent(app, { priceMinor: 0n })).id] });
  expect(await whatIsDue(app)).toEqual([]);
});
