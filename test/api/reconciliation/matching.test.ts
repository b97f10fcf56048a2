import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aPaidOrder, aSettledRefund, type TestOrder } from '../../support/orders.ts';
import { aFinanceClerk } from '../../support/people.ts';
import {
  balanceOf,
  classesOf,
  decimal,
  reconciled,
  type StripeLine,
  stripeFile,
  wrongTotals,
} from '../../support/reconciliation.ts';
import { aChargeback, aPartialRefund, winChargeback } from '../../support/returns.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const DAY = 24 * 3_600_000;

function charge(order: TestOrder, more: Partial<StripeLine> = {}): StripeLine {
  const fee = decimal((order.totalMinor * 6n + 500n) / 1_000n);
  const facts = { category: 'charge' as const, gross: decimal(order.totalMinor), fee, charge: `sbx_${order.id}` };
  return { txn: `txn_${order.id}`, ...facts, ...more };
}

async function orders(app: TestApp, count: number, paidAt = app.clock.now()): Promise<TestOrder[]> {
  const made: TestOrder[] = [];
  for (let at = 0; at < count; at++) made.push(await aPaidOrder(app, { paidAt }));
  return made;
}

function get(made: readonly TestOrder[], at: number): TestOrder {
  const order = made[at];
  if (!order) throw new Error(`There is no order ${at}.`);
  return order;
}

describe('matching', () => {
  it('finds payments, partial refunds, chargebacks and reversals by the names that either side has for them', async () => {
    await using app = await startTestApp();
    const clerk = await aFinanceClerk(app);
    const now = app.clock.now();
    const [byProvider, byOrder, byGlobal, disputed, back] = (await orders(app, 5)) as [
      TestOrder,
      TestOrder,
      TestOrder,
      TestOrder,
      TestOrder,
    ];
    const refundId = await aSettledRefund(app, back);
    await aPartialRefund(app, byOrder, { amountMinor: 100n });
    await aPartialRefund(app, byOrder, { amountMinor: 100n });
    const chargebackId = await aChargeback(app, disputed, { amountMinor: disputed.totalMinor, feeMinor: 1_500n });
    await winChargeback(app, chargebackId);
    const total = decimal(disputed.totalMinor);
    const lines: StripeLine[] = [
      charge(byProvider),
      charge(byOrder, { charge: '', order: byOrder.id }),
      charge(byGlobal, { charge: '', order: globalId('Order', byGlobal.id) }),
      charge(disputed),
      charge(back),
      { txn: 't1', category: 'refund', gross: decimal(-back.totalMinor), source: `sbx_${refundId}` },
      { txn: 't2', category: 'refund', gross: '-1.00', source: 're_1', charge: `sbx_${byOrder.id}` },
      { txn: 't3', category: 'refund', gross: '-1.00', source: 're_2', charge: `sbx_${byOrder.id}` },
      { txn: 't4', category: 'dispute', gross: `-${total}`, fee: '15.00', source: `dp_${chargebackId}` },
      { txn: 't5', category: 'dispute_reversal', gross: total, source: `dp_${chargebackId}` },
    ];
    const run = await reconciled(app, clerk, stripeFile(lines, now));
    expect([run.state, classesOf(run), wrongTotals(run)]).toEqual(['MATCHED', [], []]);
    const matched = run.report?.totals.map(({ kind, matched, movementsMissing }) => [
      kind,
      matched.count,
      movementsMissing.count,
    ]);
    expect(matched).toEqual([
      ['CHARGEBACK', 1, 0],
      ['CHARGEBACK_REVERSAL', 1, 0],
      ['PAYMENT', 5, 0],
      ['REFUND', 3, 0],
    ]);
  });

  it('says of each difference what our books and the file say', async () => {
    await using app = await startTestApp();
    const clerk = await aFinanceClerk(app);
    const now = app.clock.now();
    const made = await orders(app, 8);
    const old = await aPaidOrder(app, { paidAt: new Date(now.getTime() - 10 * DAY) });
    const first = get(made, 0);
    const before = new Date(now.getTime() - DAY);
    const lines: StripeLine[] = [
      charge(first, { at: before }),
      { ...charge(first, { at: before }) },
      charge(first, { txn: 'txn_z', at: before }),
      charge(get(made, 1), { gross: decimal(get(made, 1).totalMinor - 30n) }),
      charge(get(made, 2), { fee: '9.99' }),
      charge(get(made, 3), { currency: 'usd' }),
      charge(old),
      { txn: 'nobody', category: 'charge', gross: '12.34', charge: 'ch_nobody' },
      { txn: 'bad', category: 'charge', gross: 'a lot', charge: 'ch_bad' },
      charge(get(made, 4), { payout: 'po_1' }),
      { txn: 'po', category: 'payout', gross: '-1.00', source: 'po_1', payout: 'po_1' },
    ];
    const run = await reconciled(app, clerk, stripeFile(lines, now));
    expect(classesOf(run).toSorted()).toEqual(
      [
        'AMOUNT_DIFFERS 5',
        'CURRENCY_DIFFERS 7',
        'DUPLICATE_LINE 3',
        'DUPLICATE_LINE 4',
        'FEE_DIFFERS 6',
        'MISSING_IN_FILE null',
        'MISSING_IN_FILE null',
        'MISSING_IN_FILE null',
        'MISSING_IN_LEDGER 9',
        'PAYOUT_TOTAL_DIFFERS 12',
        'UNREADABLE_LINE 10',
        'WRONG_PERIOD 8',
      ].toSorted(),
    );
    expect(wrongTotals(run)).toEqual([]);
    const amount = run.exceptions.find(({ class: name }) => name === 'AMOUNT_DIFFERS');
    const total = get(made, 1).totalMinor;
    expect(amount).toMatchObject({
      expected: { amount: decimal(total) },
      actual: { amount: decimal(total - 30n) },
      difference: { amount: '-0.30' },
      reason: `The file says ${decimal(total - 30n)} CNY; the payment in our books is ${decimal(total)} CNY.`,
    });
    const missing = run.exceptions.filter(({ class: name }) => name === 'MISSING_IN_FILE');
    const unpaid = [5, 6, 7].map((at) => `sbx_${get(made, at).id}`);
    expect(missing.map(({ reference }) => reference).toSorted()).toEqual(unpaid.toSorted());
  });

  it('joins lines without names by amount, currency and time, and never against a name', async () => {
    await using app = await startTestApp();
    const clerk = await aFinanceClerk(app);
    const now = app.clock.now();
    const hour = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
    const early = await aPaidOrder(app, { paidAt: hour(-3) });
    const late = await aPaidOrder(app, { paidAt: hour(-1), contentIds: early.contentIds });
    const far = await aPaidOrder(app, { paidAt: hour(-24 * 5), contentIds: early.contentIds });
    const nameless = { charge: '', fee: decimal((early.totalMinor * 6n + 500n) / 1_000n) };
    const lines = [
      charge(late, { ...nameless, txn: 'b', at: hour(-1) }),
      charge(early, { ...nameless, txn: 'a', at: hour(-2) }),
      charge(late, { txn: 'c', charge: 'ch_other', at: hour(-24 * 4) }),
    ];
    const run = await reconciled(app, clerk, stripeFile(lines, now));
    expect(classesOf(run)).toEqual(['MISSING_IN_LEDGER 4']);
    const rows = await app.platform.database.orm.em.fork().execute<{ order: string; txn: string; rule: string }[]>(
      `select payment.order_id as order, line.identity as txn, rule from movement_matches matched
       join settlement_lines line using (match_id) join payments payment on payment.id = movement_id order by txn`,
    );
    expect(rows).toEqual([
      { order: early.id, txn: 'a', rule: 'AMOUNT_AND_DATE' },
      { order: late.id, txn: 'b', rule: 'AMOUNT_AND_DATE' },
    ]);
    expect(far.totalMinor).toBe(late.totalMinor);
  });

  it('joins lines that are one payment together, and refunds that one line pays together', async () => {
    await using app = await startTestApp();
    const clerk = await aFinanceClerk(app);
    const [split, paidBack] = (await orders(app, 2)) as [TestOrder, TestOrder];
    await aPartialRefund(app, paidBack, { amountMinor: 120n });
    await aPartialRefund(app, paidBack, { amountMinor: 80n });
    const fee = (split.totalMinor * 6n + 500n) / 1_000n;
    const lines: StripeLine[] = [
      charge(split, { txn: 'part1', gross: '5.00', fee: decimal(fee) }),
      charge(split, { txn: 'part2', gross: decimal(split.totalMinor - 500n), fee: '0.00' }),
      charge(paidBack),
      { txn: 'both', category: 'refund', gross: '-2.00', source: 're_both', charge: `sbx_${paidBack.id}` },
    ];
    const run = await reconciled(app, clerk, stripeFile(lines, app.clock.now()));
    expect([classesOf(run), wrongTotals(run)]).toEqual([[], []]);
    const rules = await app.platform.database.orm.em
      .fork()
      .execute<{ rule: string }[]>('select rule from movement_matches order by rule');
    expect(rules.map(({ rule }) => rule)).toEqual([
      'MANY_LINES',
      'MANY_MOVEMENTS',
      'MANY_MOVEMENTS',
      'PROVIDER_REFERENCE',
    ]);
  });

  it('moves fees and payouts that tie out, so that the account of the provider is what it still owes', async () => {
    await using app = await startTestApp();
    const clerk = await aFinanceClerk(app);
    const [paid, owed] = (await orders(app, 2)) as [TestOrder, TestOrder];
    const fee = (paid.totalMinor * 6n + 500n) / 1_000n;
    const lines: StripeLine[] = [
      charge(paid, { payout: 'po_1' }),
      charge(owed),
      { txn: 'po', category: 'payout', gross: decimal(fee - paid.totalMinor), source: 'po_1', payout: 'po_1' },
    ];
    const run = await reconciled(app, clerk, stripeFile(lines, app.clock.now()));
    expect(classesOf(run)).toEqual([]);
    const owedFee = (owed.totalMinor * 6n + 500n) / 1_000n;
    expect(await balanceOf(app, 'platform:bank')).toBe(paid.totalMinor - fee);
    expect(await balanceOf(app, 'provider:sandbox:fees')).toBe(fee + owedFee);
    expect(await balanceOf(app, 'provider:sandbox:clearing')).toBe(-paid.totalMinor - owedFee);
  });

  it('books what the provider charges by lines of its own, and shows what it moved for reasons of its own', async () => {
    await using app = await startTestApp();
    const clerk = await aFinanceClerk(app);
    const lines: StripeLine[] = [
      { txn: 'monthly', category: 'fee', gross: '-12.50' },
      { txn: 'network', category: 'fee', gross: '-0.75' },
      { txn: 'top', category: 'topup', gross: '100.00' },
    ];
    const run = await reconciled(app, clerk, stripeFile(lines, app.clock.now()));
    expect([classesOf(run), wrongTotals(run)]).toEqual([['MISSING_IN_LEDGER 4'], []]);
    expect(run.exceptions[0]).toMatchObject({ actual: { amount: '100.00' } });
    expect(await balanceOf(app, 'platform:reconciliation')).toBe(1_325n);
    expect(await balanceOf(app, 'provider:sandbox:clearing')).toBe(-1_325n);
  });
});
