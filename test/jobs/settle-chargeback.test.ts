import { describe, expect, it } from 'vitest';
import { recurrences } from '../../jobs/schedule.ts';
import { system } from '../../src/shared/actor.ts';
import { unequalAllocations } from '../support/allocation-audit.ts';
import { aContent } from '../support/contents.ts';
import { aContract, share } from '../support/contracts.ts';
import { rawSql } from '../support/ledger.ts';
import { aPaidOrder, type TestOrder } from '../support/orders.ts';
import { aPartner } from '../support/partners.ts';
import { aChargeback, aPartialRefund, winChargeback } from '../support/returns.ts';
import { balances } from '../support/settlement.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

/** 100.00 sold, of which the owner gets 70.00 and the platform 30.00. */
async function aSale(app: TestApp): Promise<TestOrder & { owner: string; contractId: string }> {
  const { id: partnerId } = await aPartner(app);
  const terms = [
    share(1, { percent: '30', basis: 'SALE', beneficiary: 'PLATFORM' }),
    share(2, { percent: '100', beneficiary: 'CONTENT_OWNER' }),
  ];
  const { id: contractId } = await aContract(app, { parties: [{ partnerId }], versions: [{ terms }] });
  const content = await aContent(app, { partnerId, priceMinor: 10_000n });
  const order = await aPaidOrder(app, { contentIds: [content.id], feeMinor: 0n });
  await app.services.allocations.settleSales([order.id]);
  return { ...order, owner: `partner:${partnerId}:payable`, contractId };
}

const sold = (owner: string) => ({
  'provider:sandbox:clearing': 10_000n,
  'platform:revenue': -3_000n,
  [owner]: -7_000n,
});

describe('settling a chargeback', () => {
  it('takes back from each party what the sale gave it, and gives it again once it was won; the fee stays', async () => {
    await using app = await startTestApp();
    const order = await aSale(app);
    const id = await aChargeback(app, order, { amountMinor: 10_000n, feeMinor: 1_500n });
    await app.services.allocations.settleChargebacks([id]);
    const fee = { 'platform:chargebacks': 1_500n };
    expect(await balances(app)).toEqual({ ...fee, 'provider:sandbox:clearing': -1_500n });
    await winChargeback(app, id);
    await app.services.allocations.settleChargebacks([id]);
    expect(await balances(app)).toEqual({ ...sold(order.owner), ...fee, 'provider:sandbox:clearing': 8_500n });
    const entries = await rawSql(
      app,
      `select kind, amount_minor::text as amount from partner_entries order by posting_id`,
    );
    expect(entries).toEqual([
      { kind: 'SALE', amount: '7000' },
      { kind: 'CHARGEBACK', amount: '-7000' },
      { kind: 'CHARGEBACK_REVERSAL', amount: '7000' },
    ]);
    expect(await unequalAllocations(app, order.contractId)).toEqual([]);
  });

  it('never deducts twice: what a refund and a dispute took beyond the sale is the platform’s', async () => {
    await using app = await startTestApp();
    const order = await aSale(app);
    const refundId = await aPartialRefund(app, order, { amountMinor: 4_000n });
    const chargebackId = await aChargeback(app, order, { amountMinor: 10_000n });
    await app.services.allocations.settleRefunds([refundId]);
    await app.services.allocations.settleChargebacks([chargebackId]);
    expect(await balances(app)).toEqual({ 'platform:chargebacks': 4_000n, 'provider:sandbox:clearing': -4_000n });
    await winChargeback(app, chargebackId);
    await app.services.allocations.settleChargebacks([chargebackId]);
    expect(await balances(app)).toEqual({
      'provider:sandbox:clearing': 6_000n,
      'platform:revenue': -1_800n,
      [order.owner]: -4_200n,
    });
  });

  it('books whatever happened to the order by then, whichever job comes first and how often', async () => {
    await using app = await startTestApp();
    const order = await aSale(app);
    const later = new Date(app.clock.now().getTime() + 60_000);
    const chargebackId = await aChargeback(app, order, { amountMinor: 10_000n });
    await winChargeback(app, chargebackId, later);
    const refundId = await aPartialRefund(app, order, { amountMinor: 2_500n, at: new Date(later.getTime() + 60_000) });
    const { allocations } = app.services;
    const jobs = Array.from({ length: 8 }, (_, n) =>
      n % 2 ? allocations.settleRefunds([refundId]) : allocations.settleChargebacks([chargebackId]),
    );
    const made = (await Promise.all(jobs)).reduce((sum, settled) => sum + settled.allocations, 0);
    expect(made).toBe(3);
    expect((await balances(app))[order.owner]).toBe(-5_250n);
  });

  it('is done by its job, and found by the hour when that was lost', async () => {
    await using app = await startTestApp();
    const order = await aSale(app);
    const chargebackId = await aChargeback(app, order, { amountMinor: 10_000n });
    const wanted = { job: 'settle-chargeback' as const, payload: { chargebackId } };
    const due = () => recurrences['settle-what-waits']?.due(app.clock.now(), app.services);
    expect(await due()).toEqual([wanted]);
    await app.platform.database.transaction(async (em) => {
      app.services.outbox.enqueue(em, { ...wanted, requestedBy: system('test') });
    });
    await app.drainJobs();
    expect(await balances(app)).toEqual({});
    expect(await due()).toEqual([]);
    await winChargeback(app, chargebackId);
    expect(await due()).toEqual([wanted]);
  });
});
