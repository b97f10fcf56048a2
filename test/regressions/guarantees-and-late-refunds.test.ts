import { expect, it } from 'vitest';
import { aContent } from '../support/contents.ts';
import { aContract, share } from '../support/contracts.ts';
import { aPaidOrder, aSettledRefund } from '../support/orders.ts';
import { aPartner } from '../support/partners.ts';
import { balances } from '../support/settlement.ts';
import { close } from '../support/statements.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const atLeast = (amountMinor: bigint) => [
  share(1, { beneficiary: 'CONTENT_OWNER', percent: '50', basis: 'SALE' }),
  {
    ...share(8, { percent: null, beneficiary: 'CONTENT_OWNER' }),
    kind: 'MINIMUM_GUARANTEE',
    basis: null,
    amountMinor,
    window: 'MONTH',
  } as const,
];

/** Sells for 1,000.00 of which the owner gets half, and at least 20.00 a month. */
async function aScene(app: TestApp) {
  const { id: partnerId } = await aPartner(app);
  await aContract(app, { parties: [{ partnerId }], versions: [{ terms: atLeast(2_000n) }] });
  const content = await aContent(app, { partnerId, priceMinor: 100_000n });
  const sell = async (paidAt: string) => {
    const order = await aPaidOrder(app, { contentIds: [content.id], feeMinor: 0n, paidAt: new Date(paidAt) });
    await app.services.allocations.settleSales([order.id]);
    return order;
  };
  const giveBack = async (order: Awaited<ReturnType<typeof sell>>, at: string) => {
    await app.services.allocations.settleRefunds([await aSettledRefund(app, order, new Date(at))]);
  };
  const owed = async () => -((await balances(app))[`partner:${partnerId}:payable`] ?? 0n);
  return { sell, giveBack, owed };
}

it('does not make up for the refund of an earlier month’s sale by the minimum of the month in which it came', async () => {
  await using app = await startTestApp({ now: new Date('2026-12-05T08:00:00Z') });
  const { sell, giveBack, owed } = await aScene(app);
  const order = await sell('2026-10-05T00:00:00Z');
  await close(app, '2026-10');
  expect(await owed()).toBe(50_000n);
  await giveBack(order, '2026-11-10T00:00:00Z');
  await close(app, '2026-11');
  expect(await owed()).toBe(2_000n);
});

it('counts what went back before the month was closed for the month of the sale', async () => {
  await using app = await startTestApp({ now: new Date('2026-12-05T08:00:00Z') });
  const { sell, giveBack, owed } = await aScene(app);
  const order = await sell('2026-10-05T00:00:00Z');
  await giveBack(order, '2026-11-02T00:00:00Z');
  await close(app, '2026-10');
  await close(app, '2026-11');
  expect(await owed()).toBe(4_000n);
});
