import { expect, it } from 'vitest';
import type { TermProposal } from '../../src/contracts/index.ts';
import { aContent } from '../support/contents.ts';
import { aContract, share } from '../support/contracts.ts';
import { rawSql } from '../support/ledger.ts';
import { aPaidOrder, aSettledRefund } from '../support/orders.ts';
import { aPartner } from '../support/partners.ts';
import { balances } from '../support/settlement.ts';
import { close } from '../support/statements.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const guarantee = (window: 'MONTH' | 'QUARTER' | 'CONTRACT', options: Partial<TermProposal> = {}): TermProposal => ({
  clause: '8.1',
  step: 8,
  kind: 'MINIMUM_GUARANTEE',
  beneficiary: 'CONTENT_OWNER',
  amountMinor: 20_000n,
  window,
  description: 'At least 200.00.',
  ...options,
});

const half = share(1, { beneficiary: 'CONTENT_OWNER', percent: '50', basis: 'SALE' });

/** Sells for 100.00, of which the owner gets 50.00, in months of Shanghai; the contract begins in October. */
async function aScene(app: TestApp, terms: readonly TermProposal[], endsAt?: Date) {
  const { id: partnerId } = await aPartner(app);
  const versions = [{ terms: [half, ...terms], effectiveFrom: new Date('2026-09-30T16:00:00Z'), holdDays: 7 }];
  await aContract(app, { parties: [{ partnerId }], versions, ...(endsAt && { endsAt }) });
  const content = await aContent(app, { partnerId, priceMinor: 10_000n });
  const other = await aContent(app, { partnerId, priceMinor: 10_000n });
  const sell = async (paidAt: string, contentId = content.id) => {
    const order = await aPaidOrder(app, { contentIds: [contentId], feeMinor: 0n, paidAt: new Date(paidAt) });
    await app.services.allocations.settleSales([order.id]);
    return order;
  };
  const guaranteed = async () => (await balances(app))['platform:guarantees'] ?? 0n;
  return { partnerId, content, other, sell, guaranteed };
}

it('adds what is missing to a monthly minimum when the month is closed, on the statement of that month', async () => {
  await using app = await startTestApp({ now: new Date('2026-12-05T08:00:00Z') });
  const { sell, guaranteed } = await aScene(app, [guarantee('MONTH')]);
  await sell('2026-10-05T00:00:00Z');
  const returned = await sell('2026-10-06T00:00:00Z');
  await app.services.allocations.settleRefunds([await aSettledRefund(app, returned, new Date('2026-10-07T00:00:00Z'))]);
  for (let n = 0; n < 4; n++) await sell('2026-11-05T00:00:00Z');
  await close(app, '2026-10');
  expect(await guaranteed()).toBe(15_000n);
  const [entry] = await rawSql(app, `select * from partner_entries where kind = 'GUARANTEE'`);
  expect(entry).toMatchObject({
    period: '2026-10',
    effective_at: new Date('2026-10-31T15:59:59.999Z'),
    available_at: new Date('2026-11-07T15:59:59.999Z'),
    explanation:
      'At least 200.00 CNY is guaranteed for 2026-10 (clause 8.1): 50.00 CNY was earned, and 150.00 CNY is added.',
  });
  expect(entry?.statement_id).not.toBeNull();
  await close(app, '2026-11');
  expect(await guaranteed()).toBe(15_000n);
});

it('waits for the end of the quarter, and adds nothing twice', async () => {
  await using app = await startTestApp({ now: new Date('2027-02-05T08:00:00Z') });
  const { sell, guaranteed } = await aScene(app, [guarantee('QUARTER')]);
  for (const paidAt of ['2026-10-05T00:00:00Z', '2026-11-05T00:00:00Z', '2026-12-05T00:00:00Z']) await sell(paidAt);
  for (const period of ['2026-10', '2026-11']) await close(app, period);
  expect(await guaranteed()).toBe(0n);
  await close(app, '2026-12');
  expect(await guaranteed()).toBe(5_000n);
  const again = () =>
    app.platform.database.transaction((em) =>
      app.services.guarantees.topUp(em, { period: '2026-12', firstClosed: '2026-10' }),
    );
  await sell('2026-12-06T00:00:00Z');
  expect(await again()).toBe(0);
  expect(await guaranteed()).toBe(5_000n);
});

it('ends every window with the contract, in the month of its end', async () => {
  await using app = await startTestApp({ now: new Date('2027-01-05T08:00:00Z') });
  const { sell, guaranteed } = await aScene(app, [guarantee('CONTRACT')], new Date('2026-11-15T00:00:00Z'));
  await sell('2026-10-05T00:00:00Z');
  await sell('2026-11-05T00:00:00Z');
  await close(app, '2026-10');
  expect(await guaranteed()).toBe(0n);
  await close(app, '2026-11');
  expect(await guaranteed()).toBe(10_000n);
  await close(app, '2026-12');
  expect(await guaranteed()).toBe(10_000n);
});

it('counts only the sales in its scope, and as earned also what paid an advance back', async () => {
  await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
  const { id: partnerId } = await aPartner(app);
  const [mine, other] = [
    await aContent(app, { partnerId, priceMinor: 10_000n }),
    await aContent(app, { partnerId, priceMinor: 10_000n }),
  ];
  const advance: TermProposal = {
    clause: '9.1',
    step: 9,
    kind: 'ADVANCE',
    beneficiary: 'CONTENT_OWNER',
    amountMinor: 3_000n,
    percent: '100',
    description: 'An advance.',
  };
  const versions = [
    {
      terms: [half, guarantee('MONTH', { contentId: mine.id }), advance],
      effectiveFrom: new Date('2026-10-01T00:00:00Z'),
    },
  ];
  await aContract(app, { parties: [{ partnerId }], versions });
  for (const { id } of [mine, other]) {
    const order = await aPaidOrder(app, { contentIds: [id], feeMinor: 0n, paidAt: new Date('2026-10-05T00:00:00Z') });
    await app.services.allocations.settleSales([order.id]);
  }
  await close(app, '2026-10');
  expect((await balances(app))['platform:guarantees']).toBe(15_000n);
});
