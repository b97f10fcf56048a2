import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aContract } from '../../support/contracts.ts';
import { rawSql } from '../../support/ledger.ts';
import {
  aBatch,
  aSentBatch,
  moveBatch,
  recordResult,
  recordResults,
  type ShownBatch,
} from '../../support/payout-operations.ts';
import { anEarning, aPayee, askPayable, type TestPayee } from '../../support/payouts.ts';
import { aFinanceClerk, type TestPerson } from '../../support/people.ts';
import { balances } from '../../support/settlement.ts';
import { askStatement, close } from '../../support/statements.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const NOW = new Date('2026-11-05T08:00:00Z');
const OCTOBER = new Date('2026-10-20T00:00:00Z');

interface Scene {
  readonly payees: readonly TestPayee[];
  readonly clerk: TestPerson;
  readonly approver: TestPerson;
  readonly batch: ShownBatch;
  /** In the order of the payees. */
  readonly payoutIds: readonly string[];
}

/** Partners whose sums of October are with the bank. */
async function aScene(app: TestApp, ...sums: readonly bigint[]): Promise<Scene> {
  const payees: TestPayee[] = [];
  for (const amountMinor of sums) {
    const payee = await aPayee(app);
    await anEarning(app, payee.id, { amountMinor, at: OCTOBER });
    payees.push(payee);
  }
  await close(app, '2026-10');
  const [clerk, approver] = [await aFinanceClerk(app), await aFinanceClerk(app)];
  const batch = await aSentBatch(app, { proposer: clerk, approver });
  const idOf = new Map(batch.payouts.edges.map(({ node }) => [node.partner.id, node.id]));
  return { payees, clerk, approver, batch, payoutIds: payees.map((payee) => idOf.get(payee.globalId) ?? '') };
}

async function stateOf(app: TestApp, who: TestPerson, batchId: string): Promise<unknown> {
  const query = 'query ($id: ID!) { node(id: $id) { ... on PayoutBatch { state } } }';
  return (await app.query<{ node: { state: string } }>(query, { id: batchId }, who)).node.state;
}

/** Sets the clock, and opens a session anew: the old one ends with time. */
async function until(app: TestApp, at: string, { id }: TestPerson): Promise<TestPerson> {
  app.clock.set(new Date(at));
  return { id, token: await app.tokenOf(id) };
}

async function payoutEntries(app: TestApp): Promise<Record<string, unknown>[]> {
  return rawSql(
    app,
    `select kind, amount_minor, period from partner_entries where kind like 'PAYOUT%' order by recorded_at, kind`,
  );
}

describe('an answer of the bank', () => {
  it('PAID posts the payment and settles the hold; the last answer completes the batch', async () => {
    await using app = await startTestApp({ now: NOW });
    const { payees, clerk, batch, payoutIds } = await aScene(app, 500n, 600n);
    const [first = '', second = ''] = payoutIds;
    expect(await recordResult(app, clerk, { payoutId: first, reference: 'SEPA-7' })).toMatchObject({
      payout: { id: first, state: 'PAID' },
    });
    expect(await stateOf(app, clerk, batch.id)).toBe('SENT');
    const [one, other] = payees;
    if (!one || !other) throw new Error('two payees');
    const code = (payee: TestPayee) => `partner:${payee.id}:payable`;
    expect(await balances(app)).toEqual({
      [code(other)]: -600n,
      'platform:bank': -500n,
      'provider:sandbox:clearing': 1_100n,
    });
    expect(await askPayable(app, one.owner, one)).toMatchObject({
      balance: '0.00',
      paidOut: '-5.00',
      underWay: '0.00',
    });
    await recordResult(app, clerk, { payoutId: second });
    expect(await stateOf(app, clerk, batch.id)).toBe('COMPLETED');
    const holds = await rawSql(app, 'select distinct state from ledger_holds');
    expect(holds).toEqual([{ state: 'POSTED' }]);
  });

  it('counts in the month of the contract of the partner, and is a line of its statement that adds up', async () => {
    // In Shanghai the last evening of November, UTC, is December.
    await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
    const { payees, clerk, payoutIds } = await aScene(app, 500n);
    const [payee] = payees;
    if (!payee) throw new Error('a payee');
    await aContract(app, { parties: [{ partnerId: payee.id }], timeZone: 'Asia/Shanghai' });
    await recordResult(app, await until(app, '2026-11-30T17:00:00Z', clerk), {
      payoutId: payoutIds[0] ?? '',
      reference: 'SEPA-7',
    });
    expect(await payoutEntries(app)).toEqual([{ kind: 'PAYOUT', amount_minor: '-500', period: '2026-12' }]);
    app.clock.set(new Date('2027-01-05T00:00:00Z'));
    for (const month of ['2026-11', '2026-12']) await close(app, month);
    const owner = await until(app, '2027-01-05T00:00:00Z', payee.owner);
    const statement = await askStatement(app, owner, { partnerId: payee.globalId, period: '2026-12' });
    expect(statement).toMatchObject({ opening: { amount: '5.00' }, closing: { amount: '0.00' } });
    expect(statement?.lines.edges.map(({ node }) => [node.kind, node.amount.amount])).toEqual([['PAYOUT', '-5.00']]);
  });

  it('RETURNED after PAID posts it back, and the money is payable again at once', async () => {
    await using app = await startTestApp({ now: NOW });
    const { payees, clerk, payoutIds, batch } = await aScene(app, 500n);
    const [[payee], [payoutId = '']] = [payees, payoutIds];
    if (!payee) throw new Error('a payee');
    await recordResult(app, clerk, { payoutId });
    expect(await askPayable(app, clerk, payee)).toMatchObject({ payable: '0.00', reason: 'NOTHING_OWED' });
    expect((await recordResult(app, clerk, { payoutId, outcome: 'RETURNED' })).payout?.state).toBe('RETURNED');
    expect(await stateOf(app, clerk, batch.id)).toBe('COMPLETED');
    expect(await askPayable(app, clerk, payee)).toMatchObject({ balance: '5.00', paidOut: '0.00', payable: '5.00' });
    expect((await payoutEntries(app)).map(({ kind, amount_minor }) => [kind, amount_minor])).toEqual([
      ['PAYOUT', '-500'],
      ['PAYOUT_RETURN', '500'],
    ]);
    expect((await aBatch(app, clerk)).total.amount).toBe('5.00');
    expect(await recordResult(app, clerk, { payoutId, outcome: 'RETURNED' })).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
      from: 'RETURNED',
    });
  });

  it.each(['RETURNED', 'FAILED'] as const)(
    '%s before it was paid gives the hold back and posts nothing',
    async (outcome) => {
      await using app = await startTestApp({ now: NOW });
      const { payees, clerk, payoutIds, batch } = await aScene(app, 500n);
      await recordResult(app, clerk, { payoutId: payoutIds[0] ?? '', outcome });
      expect(await payoutEntries(app)).toEqual([]);
      expect(await stateOf(app, clerk, batch.id)).toBe('COMPLETED');
      expect(await askPayable(app, clerk, payees[0] ?? { globalId: '' })).toMatchObject({
        payable: '5.00',
        underWay: '0.00',
      });
    },
  );

  it('is refused for a payout that is not with the bank', async () => {
    await using app = await startTestApp({ now: NOW });
    const payee = await aPayee(app);
    await anEarning(app, payee.id, { amountMinor: 500n, at: OCTOBER });
    await close(app, '2026-10');
    const [clerk, approver] = [await aFinanceClerk(app), await aFinanceClerk(app)];
    const batch = await aBatch(app, clerk);
    const payoutId = batch.payouts.edges[0]?.node.id ?? '';
    const refused = { code: 'ILLEGAL_TRANSITION', from: 'PENDING' };
    expect(await recordResult(app, clerk, { payoutId })).toMatchObject(refused);
    await moveBatch(app, approver, { step: 'approve', batchId: batch.id });
    expect(await recordResult(app, clerk, { payoutId })).toMatchObject(refused);
    await moveBatch(app, clerk, { step: 'cancel', batchId: batch.id });
    expect(await recordResult(app, clerk, { payoutId })).toMatchObject({ ...refused, from: 'CANCELLED' });
    expect(await payoutEntries(app)).toEqual([]);
    const unknown = globalId('Payout', app.platform.ids.next());
    expect((await recordResult(app, clerk, { payoutId: unknown })).code).toBe('FORBIDDEN');
  });

  it('of 32 writers at once is posted once, with one key or with 32', async () => {
    await using app = await startTestApp({ now: NOW });
    const { clerk, payoutIds } = await aScene(app, 500n, 600n);
    const [one = '', other = ''] = payoutIds;
    const withOwnKeys = await Promise.all(
      Array.from({ length: 32 }, () => recordResult(app, clerk, { payoutId: one })),
    );
    expect(withOwnKeys.filter(({ payout }) => payout)).toHaveLength(1);
    expect(withOwnKeys.filter(({ code }) => code === 'ILLEGAL_TRANSITION')).toHaveLength(31);
    const answer = { payoutId: other, idempotencyKey: 'bank-answer-1' };
    const withOneKey = await Promise.all(Array.from({ length: 32 }, () => recordResult(app, clerk, answer)));
    expect(withOneKey.every(({ payout }) => payout?.state === 'PAID')).toBe(true);
    expect((await payoutEntries(app)).map(({ amount_minor }) => amount_minor)).toEqual(['-500', '-600']);
    for (const change of [{ outcome: 'FAILED' as const }, { reference: 'BANK-2' }, { payoutId: one }]) {
      expect((await recordResult(app, clerk, { ...answer, ...change })).code).toBe('IDEMPOTENCY_CONFLICT');
    }
  });

  it('is refused when a value of it is wrong', async () => {
    await using app = await startTestApp({ now: NOW });
    const clerk = await aFinanceClerk(app);
    const payoutId = globalId('Payout', app.platform.ids.next());
    for (const [field, wrong] of [
      ['reference', { reference: null }],
      ['reference', { reference: 'x'.repeat(141) }],
      ['reason', { outcome: 'RETURNED', reason: null }],
      ['reason', { outcome: 'FAILED', reason: ' ' }],
      ['idempotencyKey', { idempotencyKey: 'short' }],
    ] as const) {
      const answer = await recordResult(app, clerk, { payoutId, ...wrong });
      expect(answer).toMatchObject({ code: 'INVALID_INPUT', field });
    }
  });
});

describe('many answers at once', () => {
  it('are recorded each for itself, and the same call again changes nothing', async () => {
    await using app = await startTestApp({ now: NOW });
    const { clerk, payoutIds, batch } = await aScene(app, 500n, 600n, 700n);
    const [one = '', other = '', third = ''] = payoutIds;
    const unknown = globalId('Payout', app.platform.ids.next());
    const call = {
      idempotencyKey: 'bank-file-42',
      results: [
        { payoutId: one },
        { payoutId: unknown },
        { payoutId: other, outcome: 'FAILED' as const },
        { payoutId: third, reference: null },
      ],
    };
    const expected = [
      [one, 'PAID', null],
      [unknown, undefined, 'FORBIDDEN'],
      [other, 'FAILED', null],
      [third, undefined, 'INVALID_INPUT'],
    ];
    for (const _ of ['first', 'again']) {
      const { results = [] } = await recordResults(app, clerk, call);
      expect(results.map(({ payoutId, payout, code }) => [payoutId, payout?.state, code])).toEqual(expected);
    }
    expect(await payoutEntries(app)).toHaveLength(1);
    expect(await stateOf(app, clerk, batch.id)).toBe('SENT');
  });

  it('are from 1 to 1,000, each payout once', async () => {
    await using app = await startTestApp({ now: NOW });
    const clerk = await aFinanceClerk(app);
    const ids = Array.from({ length: 1_001 }, () => ({ payoutId: globalId('Payout', app.platform.ids.next()) }));
    expect(await recordResults(app, clerk, { results: [] })).toMatchObject({ code: 'INVALID_INPUT', field: 'results' });
    expect((await recordResults(app, clerk, { results: ids })).field).toBe('results');
    const twice = [...ids.slice(0, 2), ...ids.slice(1, 2)];
    expect((await recordResults(app, clerk, { results: twice })).field).toBe('results.2.payoutId');
    expect((await recordResults(app, clerk, { results: ids.slice(0, 1_000) })).results).toHaveLength(1_000);
  });
});

describe('a refund after the approval', () => {
  it('makes the balance negative, which later earnings recover before anything is paid again', async () => {
    await using app = await startTestApp({ now: NOW });
    const { payees, approver, payoutIds, ...scene } = await aScene(app, 500n);
    const [payee] = payees;
    let { clerk } = scene;
    if (!payee) throw new Error('a payee');
    await anEarning(app, payee.id, { amountMinor: -200n });
    expect((await recordResult(app, clerk, { payoutId: payoutIds[0] ?? '' })).payout?.state).toBe('PAID');
    expect(await askPayable(app, clerk, payee)).toMatchObject({ payable: '-2.00', reason: 'NEGATIVE_BALANCE' });
    await anEarning(app, payee.id, { amountMinor: 150n, at: new Date('2026-11-20T00:00:00Z') });
    clerk = await until(app, '2026-12-05T00:00:00Z', clerk);
    await close(app, '2026-11');
    expect(await askPayable(app, clerk, payee)).toMatchObject({ payable: '-0.50', payout: '0.00' });
    await anEarning(app, payee.id, { amountMinor: 300n, at: new Date('2026-12-02T00:00:00Z') });
    clerk = await until(app, '2027-01-05T00:00:00Z', clerk);
    await close(app, '2026-12');
    const batch = await aSentBatch(app, { proposer: clerk, approver: { token: await app.tokenOf(approver.id) } });
    expect(batch.total.amount).toBe('2.50');
    await recordResult(app, clerk, { payoutId: batch.payouts.edges[0]?.node.id ?? '' });
    // 5.00 and 4.50 were earned, 2.00 went back, 5.00 and 2.50 were paid.
    expect(await askPayable(app, clerk, payee)).toMatchObject({ balance: '0.00', payable: '0.00', paidOut: '-7.50' });
    const statement = await askStatement(app, clerk, { partnerId: payee.globalId, period: '2026-11' });
    expect(statement).toMatchObject({ opening: { amount: '5.00' }, closing: { amount: '-0.50' } });
  });
});
