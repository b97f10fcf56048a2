import { expect, it } from 'vitest';
import { aContent } from '../support/contents.ts';
import { aContract, share } from '../support/contracts.ts';
import { aPaidOrder } from '../support/orders.ts';
import { aPartner } from '../support/partners.ts';
import { aLearner } from '../support/people.ts';
import { aPricedOrder } from '../support/priced-orders.ts';
import { aTouchpoint, balances, recordPurchase } from '../support/settlement.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const owner = (clause: string, percent: string, scope: object = {}) =>
  share(1, { clause, beneficiary: 'CONTENT_OWNER', percent, basis: 'SALE', ...scope });

async function earnedBy(app: TestApp, partnerId: string, settle: () => Promise<string>): Promise<bigint> {
  const payable = async () => -((await balances(app))[`partner:${partnerId}:payable`] ?? 0n);
  const before = await payable();
  await app.services.allocations.settleSales([await settle()]);
  return (await payable()) - before;
}

it('splits by the most specific clause: of a content, of a module, of a currency, or by the rule for all', async () => {
  await using app = await startTestApp();
  const { id: partnerId } = await aPartner(app);
  const special = await aContent(app, { partnerId, priceMinor: 10_000n });
  const terms = [
    owner('1.1', '50'),
    owner('1.2', '60', { module: 'COURSE' }),
    owner('1.3', '80', { contentId: special.id }),
  ];
  const parties = [{ partnerId }];
  await aContract(app, {
    parties,
    currencies: ['CNY', 'EUR'],
    versions: [{ terms: [...terms, owner('1.4', '40', { currency: 'EUR', module: 'COURSE' })] }],
  });
  const course = await aContent(app, { partnerId, priceMinor: 10_000n });
  const euros = await aContent(app, { partnerId, priceMinor: 10_000n, currency: 'EUR' });
  const sell = (id: string) => async () => (await aPaidOrder(app, { contentIds: [id], feeMinor: 0n })).id;
  expect(await earnedBy(app, partnerId, sell(special.id))).toBe(8_000n);
  expect(await earnedBy(app, partnerId, sell(course.id))).toBe(6_000n);
  expect(await earnedBy(app, partnerId, sell(euros.id))).toBe(4_000n);
});

it('goes by the contact that decided the sale: the largest credit, and of equal ones the last', async () => {
  await using app = await startTestApp();
  const [{ id: partnerId }, gym] = [await aPartner(app), await aPartner(app)];
  const { id: userId } = await aLearner(app);
  const hoursAgo = (hours: number) => new Date(app.clock.now().getTime() - hours * 3_600_000);
  const touch = (hours: number, more: object = {}) =>
    aTouchpoint(app, { userId, partnerId: gym.id, occurredAt: hoursAgo(hours), ...more });
  const first = await touch(3);
  const last = await touch(2, { channel: 'SOCIAL' });
  const terms = [
    owner('1.1', '50'),
    owner('1.2', '60', { campaignId: first.campaignId }),
    owner('1.3', '70', { campaignId: last.campaignId }),
    owner('1.4', '80', { campaignId: last.campaignId, channel: 'SOCIAL' }),
  ];
  await aContract(app, { parties: [{ partnerId }], versions: [{ terms, poolModel: 'LINEAR' }] });
  const content = await aContent(app, { partnerId, priceMinor: 10_000n });
  const led = async () => {
    const order = await aPaidOrder(app, { contentIds: [content.id], userId, feeMinor: 0n });
    await recordPurchase(app, order);
    return order.id;
  };
  expect(await earnedBy(app, partnerId, led)).toBe(8_000n);
  const alone = async () => (await aPaidOrder(app, { contentIds: [content.id], feeMinor: 0n })).id;
  expect(await earnedBy(app, partnerId, alone)).toBe(5_000n);
});

it('pays a recurring share until so many months after the first purchase from the same supplier', async () => {
  await using app = await startTestApp();
  const [{ id: partnerId }, gym] = [await aPartner(app), await aPartner(app)];
  const bonus = share(2, { beneficiary: 'PARTNER', partnerId: gym.id, percent: '10', basis: 'SALE', maxMonths: 2 });
  const parties = [{ partnerId }, { partnerId: gym.id, role: 'PROMOTER' as const }];
  await aContract(app, { parties, versions: [{ terms: [owner('1.1', '50'), bonus] }] });
  const content = await aContent(app, { partnerId, priceMinor: 10_000n });
  const { id: userId } = await aLearner(app);
  const at = (paidAt: string) => async () =>
    (await aPaidOrder(app, { contentIds: [content.id], userId, feeMinor: 0n, paidAt: new Date(paidAt) })).id;
  expect(await earnedBy(app, gym.id, at('2026-08-15T00:00:00Z'))).toBe(1_000n);
  expect(await earnedBy(app, gym.id, at('2026-10-14T23:59:59Z'))).toBe(1_000n);
  expect(await earnedBy(app, gym.id, at('2026-10-15T00:00:00Z'))).toBe(0n);
});

it('pays tax, and charges a discount to whoever funds it, down to a price of zero', async () => {
  await using app = await startTestApp();
  const { id: partnerId } = await aPartner(app);
  const content = await aContent(app, { partnerId });
  const cost = { kind: 'DEDUCTION' as const, step: 1, description: 'A cost.' };
  const terms = [
    { ...cost, clause: '1.1', cost: 'TAX' as const },
    { ...cost, clause: '1.2', cost: 'DISCOUNT' as const, beneficiary: 'PLATFORM' as const },
    share(2, { beneficiary: 'CONTENT_OWNER', percent: '50', basis: 'SALE' }),
  ];
  await aContract(app, { parties: [{ partnerId }], versions: [{ terms }] });
  const { id: userId } = await aLearner(app);
  const sell = (discountMinor: bigint, taxMinor: bigint) => async () => {
    const item = { contentId: content.id, ownerPartnerId: partnerId, listPriceMinor: 10_000n, discountMinor, taxMinor };
    const order = { userId, currency: 'CNY', paidAt: app.clock.now(), feeMinor: 0n, items: [item] };
    return (await aPricedOrder(app, order)).id;
  };
  expect(await earnedBy(app, partnerId, sell(2_000n, 800n))).toBe(5_000n);
  expect(await balances(app)).toMatchObject({ 'tax:payable': -800n, 'platform:revenue': -2_200n });
  expect(await earnedBy(app, partnerId, sell(10_000n, 0n))).toBe(5_000n);
  expect((await app.services.allocations.findUnsettled()).orderIds).toEqual([]);
});
