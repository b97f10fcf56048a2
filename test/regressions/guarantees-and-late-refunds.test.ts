import { expect, it } from 'vitest';
import { amend } from '../support/amendments.ts';
import { aContent } from '../support/contents.ts';
import { aContract, share } from '../support/contracts.ts';
import { rawSql } from '../support/ledger.ts';
import { aPaidOrder, aSettledRefund } from '../support/orders.ts';
import { aPartner } from '../support/partners.ts';
import { brokenInvariants } from '../support/payout-invariants.ts';
import { balances } from '../support/settlement.ts';
import { close } from '../support/statements.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

/** The owner gets so many percent of a sale, and at least an amount a window. */
const atLeast = (amountMinor: bigint, percent = '50', window: 'MONTH' | 'QUARTER' = 'MONTH') => [
  share(1, { beneficiary: 'CONTENT_OWNER', percent, basis: 'SALE' }),
  {
    ...share(8, { percent: null, beneficiary: 'CONTENT_OWNER' }),
    kind: 'MINIMUM_GUARANTEE',
    basis: null,
    amountMinor,
    window,
  } as const,
];

/** Sells for 1,000.00 of which the owner gets half, and at least 20.00 a month unless told otherwise. */
async function aScene(app: TestApp, terms = atLeast(2_000n)) {
  const { id: partnerId } = await aPartner(app);
  const contract = await aContract(app, { parties: [{ partnerId }], versions: [{ terms }] });
  const content = await aContent(app, { partnerId, priceMinor: 100_000n });
  const sell = async (paidAt: string) => {
    const order = await aPaidOrder(app, { contentIds: [content.id], feeMinor: 0n, paidAt: new Date(paidAt) });
    await app.services.allocations.settleSales([order.id]);
    return order;
  };
  const giveBack = async (order: Awaited<ReturnType<typeof sell>>, at: string) => {
    await app.services.allocations.settleRefunds([await aSettledRefund(app, order, new Date(at))]);
  };
  const amendFrom = async (effectiveFrom: string, next: ReturnType<typeof atLeast>) => {
    await amend(app, contract.id, { number: 2, effectiveFrom: new Date(effectiveFrom), terms: next });
    await app.services.allocations.reallocate(contract.id);
  };
  const owed = async () => -((await balances(app))[`partner:${partnerId}:payable`] ?? 0n);
  return { sell, giveBack, amendFrom, owed };
}

/** What was posted for guarantees: amount, month it is about, statement's month and how late it is, in that order. */
async function guaranteed(app: TestApp): Promise<unknown[]> {
  const rows = await rawSql(
    app,
    `select entry.amount_minor::text as amount, entry.period, statement.period as stated, line.late_period as late
     from partner_entries entry
     left join statement_lines line on line.posting_id = entry.posting_id
     left join statements statement on statement.id = line.statement_id
     where entry.kind = 'GUARANTEE' order by statement.period, entry.period, entry.amount_minor`,
  );
  return rows.map(({ amount, period, stated, late }) => [amount, period, stated, late]);
}

it('makes up for the refund of an earlier month’s sale by that month’s minimum, late, and by no other', async () => {
  await using app = await startTestApp({ now: new Date('2027-01-05T08:00:00Z') });
  const { sell, giveBack, owed } = await aScene(app);
  const order = await sell('2026-10-05T00:00:00Z');
  await close(app, '2026-10');
  expect(await owed()).toBe(50_000n);
  await giveBack(order, '2026-11-10T00:00:00Z');
  await close(app, '2026-11');
  expect(await owed()).toBe(4_000n);
  await close(app, '2026-12');
  expect(await guaranteed(app)).toEqual([
    ['2000', '2026-10', '2026-11', '2026-10'],
    ['2000', '2026-11', '2026-11', null],
    ['2000', '2026-12', '2026-12', null],
  ]);
  const [late] = await rawSql(
    app,
    `select explanation from partner_entries where period = '2026-10' and kind = 'GUARANTEE'`,
  );
  expect(late?.explanation).toBe(
    'At least 20.00 CNY is guaranteed for 2026-10 (clause 8.1): as is known by now, 0.00 CNY was earned, ' +
      'and 20.00 CNY is added in place of 0.00 CNY.',
  );
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

it('takes back what was added once an amendment that reaches back has raised what was earned, and adds it again', async () => {
  await using app = await startTestApp({ now: new Date('2027-01-05T08:00:00Z') });
  const { sell, amendFrom, giveBack, owed } = await aScene(app, atLeast(60_000n));
  const order = await sell('2026-10-05T00:00:00Z');
  await close(app, '2026-10');
  expect(await owed()).toBe(60_000n);
  await amendFrom('2026-01-01T00:00:00Z', atLeast(60_000n, '55'));
  await close(app, '2026-11');
  await giveBack(order, '2026-12-10T00:00:00Z');
  await close(app, '2026-12');
  expect(await guaranteed(app)).toEqual([
    ['10000', '2026-10', '2026-10', null],
    ['-5000', '2026-10', '2026-11', '2026-10'],
    ['60000', '2026-11', '2026-11', null],
    ['55000', '2026-10', '2026-12', '2026-10'],
    ['60000', '2026-12', '2026-12', null],
  ]);
  expect(await owed()).toBe(180_000n);
  expect((await balances(app))['platform:guarantees']).toBe(180_000n);
  const again = { period: '2026-12', firstClosed: '2026-10' };
  expect(await app.platform.database.transaction((em) => app.services.guarantees.topUp(em, again))).toBe(0);
  expect(await brokenInvariants(app)).toEqual([]);
});

it('goes by the guarantee of an amendment that reaches back, and takes back what no clause guarantees any more', async () => {
  await using app = await startTestApp({ now: new Date('2027-02-05T08:00:00Z') });
  const { sell, amendFrom } = await aScene(app, atLeast(60_000n));
  await sell('2026-10-05T00:00:00Z');
  for (const month of ['2026-10', '2026-11', '2026-12']) await close(app, month);
  await amendFrom('2026-11-10T00:00:00Z', atLeast(90_000n, '50', 'QUARTER'));
  await close(app, '2027-01');
  expect(await guaranteed(app)).toEqual([
    ['10000', '2026-10', '2026-10', null],
    ['60000', '2026-11', '2026-11', null],
    ['60000', '2026-12', '2026-12', null],
    ['-60000', '2026-11', '2027-01', '2026-11'],
    ['-60000', '2026-12', '2027-01', '2026-12'],
    ['40000', '2026-12', '2027-01', '2026-12'],
  ]);
  expect(await brokenInvariants(app)).toEqual([]);
});

it('looks at a quarter again when a sale of it comes late, and at nothing when nothing happened', async () => {
  await using app = await startTestApp({ now: new Date('2027-03-05T08:00:00Z') });
  const { sell } = await aScene(app, atLeast(120_000n, '50', 'QUARTER'));
  await sell('2026-10-05T00:00:00Z');
  for (const month of ['2026-10', '2026-11', '2026-12']) await close(app, month);
  await sell('2026-11-05T00:00:00Z');
  await close(app, '2027-01');
  await close(app, '2027-02');
  expect(await guaranteed(app)).toEqual([
    ['70000', '2026-12', '2026-12', null],
    ['-50000', '2026-12', '2027-01', '2026-12'],
  ]);
});
