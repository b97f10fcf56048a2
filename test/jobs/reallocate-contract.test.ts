import { describe, expect, it } from 'vitest';
import { system } from '../../src/shared/actor.ts';
import { recountCounters, storedCounters, unequalAllocations } from '../support/allocation-audit.ts';
import { amend } from '../support/amendments.ts';
import { aContent } from '../support/contents.ts';
import { aContract, share, type VersionOptions } from '../support/contracts.ts';
import { rawSql, tamper } from '../support/ledger.ts';
import { aPaidOrder, aSettledRefund, type TestOrder } from '../support/orders.ts';
import { aPartner } from '../support/partners.ts';
import { aLearner } from '../support/people.ts';
import { aChargeback, aPartialRefund, winChargeback } from '../support/returns.ts';
import { aTouchpoint, balances, recordPurchase } from '../support/settlement.ts';
import { close } from '../support/statements.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const owner = (percent: string) => [share(1, { beneficiary: 'CONTENT_OWNER', percent, basis: 'SALE' })];
const tiered = (low: string, high: string) => [
  share(1, {
    beneficiary: 'CONTENT_OWNER',
    percent: null,
    kind: 'TIERED',
    basis: 'SALE',
    tiers: [
      { from: '0', percent: low },
      { from: '15000', percent: high },
    ],
    window: 'QUARTER',
  }),
];

async function aScene(app: TestApp, version: VersionOptions) {
  const { id: partnerId } = await aPartner(app);
  const contract = await aContract(app, { parties: [{ partnerId }], versions: [version] });
  const content = await aContent(app, { partnerId, priceMinor: 10_000n });
  const payable = `partner:${partnerId}:payable`;
  const sell = async (paidAt: string, userId?: string): Promise<TestOrder> => {
    const who = userId === undefined ? {} : { userId };
    const order = await aPaidOrder(app, { contentIds: [content.id], feeMinor: 0n, paidAt: new Date(paidAt), ...who });
    if (userId !== undefined) await recordPurchase(app, order);
    await app.services.allocations.settleSales([order.id]);
    return order;
  };
  const reallocate = async (next: VersionOptions, number = 2) => {
    await amend(app, contract.id, { ...next, number });
    return app.services.allocations.reallocate(contract.id);
  };
  const earned = async () => -((await balances(app))[payable] ?? 0n);
  return { partnerId, contract, sell, reallocate, earned };
}

const OCTOBER = new Date('2026-09-30T16:00:00Z');

describe('reallocating a contract', () => {
  it('posts the differences to sales from the effective date on, once, and leaves those before it', async () => {
    await using app = await startTestApp();
    const { contract, sell, reallocate, earned } = await aScene(app, { terms: owner('70') });
    await sell('2026-09-20T00:00:00Z');
    await sell('2026-10-05T00:00:00Z');
    await sell('2026-10-06T00:00:00Z');
    const { allocations } = await reallocate({ effectiveFrom: OCTOBER, terms: owner('60'), holdDays: 10 });
    expect(allocations).toBe(2);
    expect(await earned()).toBe(7_000n + 2n * 6_000n);
    expect(await app.services.allocations.reallocate(contract.id)).toEqual({ allocations: 0 });
    const entries = await rawSql(
      app,
      `select amount_minor::text as amount, period, available_at, explanation from partner_entries
       where kind = 'REALLOCATION' order by effective_at limit 1`,
    );
    expect(entries).toEqual([
      {
        amount: '-1000',
        period: '2026-10',
        available_at: new Date('2026-10-15T00:00:00Z'),
        explanation:
          '60% of 100.00 CNY, the whole sale (clause 1.1). ' +
          'Version 2 in place of version 1: 70.00 CNY until now, and the difference is posted.',
      },
    ]);
    expect(await unequalAllocations(app, contract.id)).toEqual([]);
  });

  it('works for what was partly refunded and charged back, and what comes later goes by the new split', async () => {
    await using app = await startTestApp();
    const { contract, sell, reallocate, earned } = await aScene(app, { terms: owner('70') });
    const [refunded, disputed, gone] = [
      await sell('2026-10-05T00:00:00Z'),
      await sell('2026-10-06T00:00:00Z'),
      await sell('2026-10-07T00:00:00Z'),
    ];
    const { allocations } = app.services;
    await allocations.settleRefunds([await aPartialRefund(app, refunded, { amountMinor: 3_333n })]);
    const chargebackId = await aChargeback(app, disputed, { amountMinor: 10_000n });
    await allocations.settleChargebacks([chargebackId]);
    await allocations.settleRefunds([await aSettledRefund(app, gone)]);
    await reallocate({ effectiveFrom: OCTOBER, terms: owner('61') });
    expect(await earned()).toBe(6_100n - 2_033n);
    await winChargeback(app, chargebackId);
    await allocations.settleChargebacks([chargebackId]);
    expect(await earned()).toBe(6_100n - 2_033n + 6_100n);
    await allocations.settleRefunds([await aPartialRefund(app, refunded, { amountMinor: 6_667n })]);
    expect(await earned()).toBe(6_100n);
    expect(await unequalAllocations(app, contract.id)).toEqual([]);
  });

  it('gives what another clause took away back to those whom it belongs, however clauses are numbered', async () => {
    await using app = await startTestApp();
    const press = await aPartner(app);
    const split = (clause: string, percents: [string, string]) => [
      share(1, { clause, beneficiary: 'PARTNER', partnerId: press.id, percent: percents[0], basis: 'SALE' }),
      share(2, { clause: `${clause}x`, beneficiary: 'CONTENT_OWNER', percent: percents[1], basis: 'REST' }),
    ];
    const { contract, sell, reallocate, earned } = await aScene(app, { terms: split('1.1', ['20', '100']) });
    await sell('2026-10-05T00:00:00Z');
    await reallocate({ effectiveFrom: OCTOBER, terms: owner('90') });
    expect(await balances(app)).toMatchObject({ 'platform:revenue': -1_000n });
    expect((await balances(app))[`partner:${press.id}:payable`]).toBeUndefined();
    expect(await earned()).toBe(9_000n);
    await reallocate({ effectiveFrom: OCTOBER, terms: split('7.7', ['30', '100']) }, 3);
    expect((await balances(app))[`partner:${press.id}:payable`]).toBe(-3_000n);
    expect(await earned()).toBe(7_000n);
    expect(await unequalAllocations(app, contract.id)).toEqual([]);
  });

  it('goes through counted sales again in the order in which they were booked', async () => {
    await using app = await startTestApp();
    const { contract, sell, reallocate, earned } = await aScene(app, { terms: tiered('10', '20') });
    await sell('2026-10-02T00:00:00Z');
    const late = await sell('2026-10-20T00:00:00Z');
    await app.services.allocations.settleRefunds([await aPartialRefund(app, late, { amountMinor: 5_000n })]);
    await sell('2026-10-10T00:00:00Z');
    // 10 % of 100.00; 10 % of 50.00 and 20 % of 50.00, half of it back; 20 % of 100.00 above the 150.00 that count then.
    expect(await earned()).toBe(1_000n + 750n + 2_000n);
    const { allocations } = await reallocate({
      effectiveFrom: new Date('2026-10-15T00:00:00Z'),
      terms: tiered('10', '40'),
    });
    expect(allocations).toBe(1);
    expect(await earned()).toBe(1_000n + 1_250n + 2_000n);
    await reallocate({ effectiveFrom: OCTOBER, terms: tiered('20', '40') }, 3);
    expect(await earned()).toBe(2_000n + 1_500n + 4_000n);
    expect(await app.services.allocations.reallocate(contract.id)).toEqual({ allocations: 0 });
    expect(await storedCounters(app, contract.id)).toEqual(await recountCounters(app, contract.id));
    expect(await unequalAllocations(app, contract.id)).toEqual([]);
  });

  it('reallocates sales under the old terms that follow others whose count has changed', async () => {
    await using app = await startTestApp();
    const capped = (percent: string) => [
      share(1, { beneficiary: 'CONTENT_OWNER', percent, basis: 'SALE', capMinor: 10_000n, capWindow: 'CONTRACT' }),
    ];
    const { contract, sell, reallocate, earned } = await aScene(app, { terms: capped('70') });
    await sell('2026-10-20T00:00:00Z');
    await sell('2026-10-05T00:00:00Z');
    expect(await earned()).toBe(10_000n);
    await reallocate({ effectiveFrom: new Date('2026-10-15T00:00:00Z'), terms: capped('20') });
    expect(await earned()).toBe(2_000n + 7_000n);
    const texts = await rawSql(
      app,
      `select explanation from allocation_shares where explanation like '%Counted anew%'`,
    );
    expect(texts.length).toBeGreaterThan(0);
    expect(await storedCounters(app, contract.id)).toEqual(await recountCounters(app, contract.id));
    expect(await unequalAllocations(app, contract.id)).toEqual([]);
  });

  it.each([
    ['in chunks', owner('60')],
    ['where tiers count', tiered('60', '60')],
  ])('changes nothing twice when two do it at once, beside sales and refunds, %s', async (_, terms) => {
    await using app = await startTestApp();
    const { contract, sell, earned } = await aScene(app, { terms: owner('70') });
    const sold: TestOrder[] = [];
    for (let n = 0; n < 6; n++) sold.push(await sell('2026-10-05T00:00:00Z'));
    const refunds: string[] = [];
    for (const order of sold.slice(0, 3)) refunds.push(await aPartialRefund(app, order, { amountMinor: 5_000n }));
    const contentIds = sold[0]?.contentIds ?? [];
    const fresh: TestOrder[] = [];
    for (let n = 0; n < 3; n++) {
      fresh.push(await aPaidOrder(app, { contentIds, feeMinor: 0n, paidAt: new Date('2026-10-06T00:00:00Z') }));
    }
    await amend(app, contract.id, { number: 2, effectiveFrom: OCTOBER, terms });
    const { allocations } = app.services;
    const [first, second] = await Promise.all([
      allocations.reallocate(contract.id),
      allocations.reallocate(contract.id),
      ...fresh.map(({ id }) => allocations.settleSale(id)),
      ...refunds.map((id) => allocations.settleRefunds([id])),
    ]);
    expect(first.allocations + second.allocations).toBe(6);
    expect(await earned()).toBe(9n * 6_000n - 3n * 3_000n);
    expect(await storedCounters(app, contract.id)).toEqual(await recountCounters(app, contract.id));
    expect(await unequalAllocations(app, contract.id)).toEqual([]);
  });

  it('goes on where a crash left it', async () => {
    await using app = await startTestApp();
    const { contract, sell, earned } = await aScene(app, { terms: owner('70') });
    for (let n = 0; n < 3; n++) await sell('2026-10-05T00:00:00Z');
    await amend(app, contract.id, { number: 2, effectiveFrom: OCTOBER, terms: owner('60') });
    await app.services.allocations.reallocate(contract.id);
    // As if the last chunk had never been committed.
    const last = `(select id from allocations where kind = 'REALLOCATION' order by sequence desc limit 1)`;
    const entry = `(select ledger_transaction_id from allocations where id = ${last})`;
    await tamper(
      app,
      `delete from partner_entries where source_id = ${last}`,
      `delete from ledger_postings where transaction_id = ${entry}`,
      `delete from ledger_unsealed where transaction_id = ${entry}`,
      `delete from ledger_transactions where id = ${entry}`,
      `delete from allocation_shares where allocation_id = ${last}`,
      `delete from allocations where id = ${last}`,
    );
    expect(await earned()).toBe(19_000n);
    expect(await app.services.allocations.reallocate(contract.id)).toEqual({ allocations: 1 });
    expect(await earned()).toBe(18_000n);
  });

  it('asks who brought the buyer only where the new version asks for the first time', async () => {
    await using app = await startTestApp();
    const gym = await aPartner(app);
    const pool = [
      share(1, { beneficiary: 'CAMPAIGN_POOL', percent: '10', basis: 'SALE' }),
      share(2, { beneficiary: 'CONTENT_OWNER', percent: '100' }),
    ];
    const { contract, sell, reallocate, earned } = await aScene(app, { terms: owner('70') });
    const { id: userId } = await aLearner(app);
    const { campaignId } = await aTouchpoint(app, {
      userId,
      partnerId: gym.id,
      occurredAt: new Date('2026-10-04T00:00:00Z'),
    });
    await sell('2026-10-05T00:00:00Z', userId);
    await reallocate({ effectiveFrom: OCTOBER, terms: pool });
    expect(await earned()).toBe(9_000n);
    expect((await balances(app))[`partner:${gym.id}:payable`]).toBe(-1_000n);
    const scoped = [
      share(1, { clause: '1.1', beneficiary: 'CONTENT_OWNER', percent: '50', basis: 'SALE' }),
      share(1, { clause: '1.2', beneficiary: 'CONTENT_OWNER', percent: '80', basis: 'SALE', campaignId }),
    ];
    await reallocate({ effectiveFrom: OCTOBER, terms: scoped }, 3);
    expect(await earned()).toBe(8_000n);
    expect((await balances(app))[`partner:${gym.id}:payable`]).toBeUndefined();
    expect(await unequalAllocations(app, contract.id)).toEqual([]);
  });

  it('puts differences of a month that is closed on the next statement, where they are late', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-10T08:00:00Z') });
    const { contract, sell } = await aScene(app, { terms: owner('70') });
    await sell('2026-10-05T00:00:00Z');
    await close(app, '2026-10');
    const versionId = await amend(app, contract.id, { number: 2, effectiveFrom: OCTOBER, terms: owner('60') });
    await app.platform.database.transaction(async (em) => {
      const payload = { contractId: contract.id, versionId };
      app.services.outbox.enqueue(em, { job: 'reallocate-contract', payload, requestedBy: system('test') });
    });
    await app.drainJobs();
    app.clock.set(new Date('2026-12-10T08:00:00Z'));
    await close(app, '2026-11');
    const lines = await rawSql(
      app,
      `select line.kind, line.amount_minor::text as amount, line.late_period, statement.period
       from statement_lines line join statements statement on statement.id = line.statement_id order by line.id`,
    );
    expect(lines).toContainEqual({ kind: 'REALLOCATION', amount: '-1000', late_period: '2026-10', period: '2026-11' });
  });
});
