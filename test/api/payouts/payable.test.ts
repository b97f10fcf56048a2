import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aContract } from '../../support/contracts.ts';
import { countQueries } from '../../support/count-queries.ts';
import { rawSql } from '../../support/ledger.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aBatch } from '../../support/payout-operations.ts';
import { anEarning, aPayee, askPayable, type TestPayee } from '../../support/payouts.ts';
import { aFinanceClerk, aLearner, anAdmin } from '../../support/people.ts';
import { close } from '../../support/statements.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const NOW = new Date('2026-11-05T08:00:00Z');
const OCTOBER = new Date('2026-10-20T00:00:00Z');
const NOVEMBER = new Date('2026-11-02T00:00:00Z');

/** 100.00 on October's closed statement, of which 30.00 is kept back until the 10th, and 20.00 of open November. */
async function anEarner(app: TestApp): Promise<TestPayee> {
  const payee = await aPayee(app);
  await anEarning(app, payee.id, { amountMinor: 7_000n, at: OCTOBER });
  await anEarning(app, payee.id, { amountMinor: 3_000n, at: OCTOBER, availableAt: new Date('2026-11-10T00:00:00Z') });
  await close(app, '2026-10');
  await anEarning(app, payee.id, { amountMinor: 2_000n, at: NOVEMBER });
  return payee;
}

describe('what is payable', () => {
  it('is what stands on a closed statement and is past its hold days, less what went back, with all its parts', async () => {
    await using app = await startTestApp({ now: NOW });
    const payee = await anEarner(app);
    await anEarning(app, payee.id, { amountMinor: -500n, at: NOVEMBER });
    expect(await askPayable(app, payee.owner, payee)).toEqual({
      currency: 'CNY',
      at: NOW.toISOString(),
      balance: '115.00',
      available: '70.00',
      waiting: '50.00',
      deducted: '-5.00',
      paidOut: '0.00',
      underWay: '0.00',
      payable: '65.00',
      minimum: '0.00',
      payout: '65.00',
      carriedOver: '0.00',
      reason: null,
      explanation: null,
      waitingParts: [
        { period: '2026-11', waitsFor: 'CLOSING', availableAt: NOVEMBER.toISOString(), amount: { amount: '20.00' } },
        {
          period: '2026-10',
          waitsFor: 'HOLD_DAYS',
          availableAt: '2026-11-10T00:00:00.000Z',
          amount: { amount: '30.00' },
        },
      ],
    });
    app.clock.set(new Date('2026-11-10T00:00:00Z'));
    expect(await askPayable(app, payee.owner, payee)).toMatchObject({ available: '100.00', payable: '95.00' });
  });

  it('leaves out what a batch has set aside', async () => {
    await using app = await startTestApp({ now: NOW });
    const payee = await anEarner(app);
    await aBatch(app, await aFinanceClerk(app));
    expect(await askPayable(app, payee.owner, payee)).toMatchObject({
      balance: '120.00',
      underWay: '70.00',
      payable: '0.00',
      reason: 'UNDER_WAY',
      explanation: '70.00 CNY is under way in another batch.',
    });
  });

  it('is negative when more went back than was left', async () => {
    await using app = await startTestApp({ now: NOW });
    const payee = await aPayee(app);
    await anEarning(app, payee.id, { amountMinor: -500n });
    expect(await askPayable(app, payee.owner, payee)).toMatchObject({
      payable: '-5.00',
      payout: '0.00',
      carriedOver: '-5.00',
      reason: 'NEGATIVE_BALANCE',
    });
  });

  it('is carried over below the highest minimum of the contracts in force, in its own currency only', async () => {
    await using app = await startTestApp({ now: NOW });
    const payee = await anEarner(app);
    const { versionIds } = await aContract(app, { parties: [{ partnerId: payee.id }], versions: [{}, {}] });
    const minimums = (...amounts: readonly [string, string][]) =>
      JSON.stringify(amounts.map(([currency, amount]) => ({ currency, amount })));
    // The first version asks for less, and no longer counts.
    await setMinimums(app, versionIds[0], minimums(['CNY', '5000'], ['EUR', '100']));
    await setMinimums(app, versionIds[1], minimums(['CNY', '7001'], ['EUR', '999999']));
    expect(await askPayable(app, payee.owner, payee)).toMatchObject({
      payable: '70.00',
      minimum: '70.01',
      payout: '0.00',
      carriedOver: '70.00',
      reason: 'BELOW_MINIMUM',
      explanation: '70.00 CNY is less than the 70.01 CNY from which the contract pays out.',
    });
    await setMinimums(app, versionIds[1], minimums(['CNY', '7000']));
    expect(await askPayable(app, payee.owner, payee)).toMatchObject({ payout: '70.00', reason: null });
    await setMinimums(app, versionIds[1], minimums(['CNY', '7001']));
    await rawSql(app, `update contracts set ends_at = '2026-11-05T08:00:00Z'`);
    expect(await askPayable(app, payee.owner, payee)).toMatchObject({ minimum: '0.00', payout: '70.00' });
  });

  it('is for the owner, managers and finance of the partner, for finance and admins, and nobody else', async () => {
    await using app = await startTestApp({ now: NOW });
    const payee = await anEarner(app);
    const stranger = await aPartner(app);
    const readers = [await aFinanceClerk(app), await anAdmin(app), payee.owner];
    for (const role of ['MANAGER', 'FINANCE'] as const) {
      readers.push(await aMember(app, { partnerId: payee.id, role }));
    }
    for (const reader of readers) expect(await askPayable(app, reader, payee)).toMatchObject({ payable: '70.00' });
    const viewer = await aMember(app, { partnerId: payee.id, role: 'VIEWER' });
    const others = [viewer, await aMember(app, { partnerId: stranger.id }), await aLearner(app), {}];
    for (const other of others) await expect(askPayable(app, other, payee)).rejects.toThrow(/may not|Log in/);
    const nobody = { globalId: globalId('Partner', app.platform.ids.next()) };
    expect(await askPayable(app, await aFinanceClerk(app), nobody)).toBeNull();
    await expect(askPayable(app, payee.owner, { ...payee, currency: 'ABC' })).rejects.toThrow(/not a currency/);
  });
});

async function setMinimums(app: TestApp, versionId: string | undefined, json: string): Promise<void> {
  await rawSql(
    app,
    'set session_replication_role = replica',
    `update contract_versions set payout_minimums = '${json}' where id = '${versionId}'`,
  );
}

const LIST = /* GraphQL */ `
  query ($first: Int!, $after: String) {
    payables(currency: "CNY", first: $first, after: $after) {
      edges { node { payable { amount } reason partner { id } waitingParts { amount { amount } } } }
      pageInfo { hasNextPage endCursor }
    }
  }`;

interface Payables {
  readonly payables: {
    readonly edges: readonly { readonly node: { readonly payable: { readonly amount: string } } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

describe('the list of payables', () => {
  it('has the largest first, page by page, and takes the same number of statements whatever its length', async () => {
    await using app = await startTestApp({ now: NOW });
    for (const amountMinor of [100n, 300n, 200n, 300n, -50n]) {
      const { id } = await aPayee(app, { account: null });
      await anEarning(app, id, { amountMinor, at: OCTOBER });
      await anEarning(app, id, { amountMinor: 1n, at: NOVEMBER });
    }
    await close(app, '2026-10');
    const clerk = await aFinanceClerk(app);
    const ask = (first: number, after: string | null = null) => app.query<Payables>(LIST, { first, after }, clerk);
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { payables } = await ask(2, after);
      seen.push(...payables.edges.map(({ node }) => node.payable.amount));
      ({ hasNextPage: more, endCursor: after } = payables.pageInfo);
    }
    expect(seen).toEqual(['3.00', '3.00', '2.00', '1.00', '-0.50']);
    await ask(1);
    const few = await countQueries(app, () => ask(1));
    expect(await countQueries(app, () => ask(5))).toBe(few);
  });

  it('is for finance and admins alone', async () => {
    await using app = await startTestApp({ now: NOW });
    const payee = await aPayee(app);
    for (const who of [payee.owner, await aLearner(app), {}]) {
      await expect(app.query(LIST, { first: 1 }, who)).rejects.toThrow(/may not|Log in/);
    }
    for (const who of [await aFinanceClerk(app), await anAdmin(app)]) {
      expect((await app.query<Payables>(LIST, { first: 1 }, who)).payables.edges).toEqual([]);
    }
  });
});
