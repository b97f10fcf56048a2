import { Client } from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { rawSql } from '../../support/ledger.ts';
import { brokenInvariants } from '../../support/payout-invariants.ts';
import { aBatch, createBatch, moveBatch } from '../../support/payout-operations.ts';
import { anEarning, aPayee, askPayable, setDetails } from '../../support/payouts.ts';
import { aFinanceClerk, anAdmin } from '../../support/people.ts';
import { close } from '../../support/statements.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const NOW = new Date('2026-11-05T08:00:00Z');
const OCTOBER = new Date('2026-10-20T00:00:00Z');

/** Partners with sums on October's closed statement. */
async function payees(app: TestApp, ...sums: readonly bigint[]) {
  const found = [];
  for (const amountMinor of sums) {
    const payee = await aPayee(app);
    await anEarning(app, payee.id, { amountMinor, at: OCTOBER });
    found.push(payee);
  }
  await close(app, '2026-10');
  return found;
}

/** Keeps what a statement locks until it is let go of. */
async function aHeldLock(app: TestApp, statement: string) {
  const client = new Client({ connectionString: app.databaseUrl });
  await client.connect();
  await client.query('begin');
  await client.query(statement);
  return {
    /** Waits until somebody waits for it. */
    isAwaited: () =>
      vi.waitFor(async () => {
        const waiting = await rawSql(
          app,
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        expect(waiting).not.toHaveLength(0);
      }, WAIT),
    release: () => client.query('commit'),
    [Symbol.asyncDispose]: () => client.end(),
  };
}

const WAIT = { timeout: 10_000, interval: 20 };

/** Partners of whom more is promised than they could be paid, by their entries and holds. */
async function uncoveredPartners(app: TestApp): Promise<string[]> {
  const rows = await rawSql(
    app,
    `select partner_id::text as id from partner_entries entry where amount_minor < 0 or statement_id is not null
     group by partner_id having sum(amount_minor) < (
       select coalesce(sum(hold.amount_minor), 0) from ledger_holds hold
       join ledger_accounts account on account.id = hold.account_id
       where account.code = 'partner:' || entry.partner_id || ':payable' and hold.state = 'PENDING')`,
  );
  return rows.map(({ id }) => String(id));
}

async function pendingHolds(app: TestApp): Promise<unknown> {
  const [row] = await rawSql(app, `select count(*)::int as count from ledger_holds where state = 'PENDING'`);
  return row?.count;
}

describe('a proposal', () => {
  it('pays everybody who can be paid, and says of the others why not', async () => {
    await using app = await startTestApp({ now: NOW });
    const paid = await aPayee(app);
    const noDetails = await aPayee(app, { account: null });
    const suspended = await aPayee(app, { state: 'SUSPENDED' });
    const terminated = await aPayee(app, { state: 'TERMINATED' });
    for (const [at, { id }] of [paid, noDetails, suspended, terminated].entries()) {
      await anEarning(app, id, { amountMinor: 1_000n + BigInt(at), at: OCTOBER });
    }
    const early = await aPayee(app);
    const owing = await aPayee(app);
    await anEarning(app, owing.id, { amountMinor: -5n, at: OCTOBER });
    await anEarning(app, paid.id, { amountMinor: 900n, at: OCTOBER, currency: 'EUR' });
    await close(app, '2026-10');
    await anEarning(app, early.id, { amountMinor: 77n });
    const batch = await aBatch(app, await aFinanceClerk(app));
    expect(batch).toMatchObject({ state: 'DRAFT', payoutCount: 1, total: { amount: '10.00' }, filePath: null });
    expect(batch.payouts.edges.map(({ node }) => [node.partner.id, node.amount.amount, node.state])).toEqual([
      [paid.globalId, '10.00', 'PENDING'],
    ]);
    const reasons = batch.exclusions.edges.map(({ node }) => [node.partner.id, node.reason, node.payable.amount]);
    expect(new Set(reasons)).toEqual(
      new Set([
        [noDetails.globalId, 'NO_PAYOUT_DETAILS', '10.01'],
        [suspended.globalId, 'PARTNER_NOT_ACTIVE', '10.02'],
        [terminated.globalId, 'PARTNER_NOT_ACTIVE', '10.03'],
        [owing.globalId, 'NEGATIVE_BALANCE', '-0.05'],
        [early.globalId, 'NOT_AVAILABLE_YET', '0.00'],
      ]),
    );
    expect(reasons).toHaveLength(5);
  });

  it('takes what was available at the cut-off, and leaves the rest for the next one', async () => {
    await using app = await startTestApp({ now: NOW });
    const [payee] = await payees(app, 500n);
    await anEarning(app, payee?.id ?? '', { amountMinor: 200n, at: new Date('2026-11-04T00:00:00Z') });
    app.clock.set(new Date('2026-12-05T00:00:00Z'));
    await close(app, '2026-11');
    const clerk = await aFinanceClerk(app);
    expect((await aBatch(app, clerk, { cutOffAt: new Date('2026-11-03T00:00:00Z') })).total.amount).toBe('5.00');
    expect((await aBatch(app, clerk)).total.amount).toBe('2.00');
    expect((await createBatch(app, clerk)).code).toBe('NOTHING_TO_PAY');
  });

  it('of 32 at once takes the money once', async () => {
    await using app = await startTestApp({ now: NOW });
    await payees(app, 500n, 600n, 700n);
    const clerk = await aFinanceClerk(app);
    const answers = await Promise.all(Array.from({ length: 32 }, () => createBatch(app, clerk)));
    expect(answers.filter(({ batch }) => batch).map(({ batch }) => batch?.total.amount)).toEqual(['18.00']);
    expect(answers.filter(({ code }) => code === 'NOTHING_TO_PAY')).toHaveLength(31);
    expect(await pendingHolds(app)).toBe(3);
  });

  it('with the same key is the first one, also 32 at once; the key with another input is refused', async () => {
    await using app = await startTestApp({ now: NOW });
    await payees(app, 500n);
    const [clerk, other] = [await aFinanceClerk(app), await aFinanceClerk(app)];
    const input = { idempotencyKey: 'october-payouts', cutOffAt: NOW };
    const answers = await Promise.all(Array.from({ length: 32 }, () => createBatch(app, clerk, input)));
    expect(new Set(answers.map(({ batch }) => batch?.id)).size).toBe(1);
    expect(answers.every(({ batch }) => batch !== undefined)).toBe(true);
    expect((await createBatch(app, clerk, { ...input, currency: 'EUR' })).code).toBe('IDEMPOTENCY_CONFLICT');
    // Keys of another person are their own.
    expect((await createBatch(app, other, input)).code).toBe('NOTHING_TO_PAY');
  });

  it('leaves out a partner whose money goes back while it is made', async () => {
    await using app = await startTestApp({ now: NOW });
    const [outrun] = await payees(app, 500n, 600n);
    if (!outrun) throw new Error('a payee');
    const clerk = await aFinanceClerk(app);
    const code = `partner:${outrun.id}:payable`;
    await using lock = await aHeldLock(app, `select from ledger_accounts where code = '${code}' for no key update`);
    const proposed = aBatch(app, clerk);
    await lock.isAwaited();
    await anEarning(app, outrun.id, { amountMinor: -1n });
    await lock.release();
    const batch = await proposed;
    expect(batch).toMatchObject({ payoutCount: 1, total: { amount: '6.00' } });
    expect(batch.exclusions.edges.map(({ node }) => [node.partner.id, node.reason])).toEqual([
      [outrun.globalId, 'BALANCE_CHANGED'],
    ]);
    expect((await aBatch(app, clerk)).total.amount).toBe('4.99');
  });

  it('never lets money that still waits for its month stand in for what goes back while it is made', async () => {
    await using app = await startTestApp({ now: NOW });
    const [outrun] = await payees(app, 500n, 600n);
    if (!outrun) throw new Error('a payee');
    await anEarning(app, outrun.id, { amountMinor: 900n });
    const clerk = await aFinanceClerk(app);
    const code = `partner:${outrun.id}:payable`;
    await using lock = await aHeldLock(app, `select from ledger_accounts where code = '${code}' for no key update`);
    const proposed = aBatch(app, clerk);
    await lock.isAwaited();
    await anEarning(app, outrun.id, { amountMinor: -100n });
    await lock.release();
    const batch = await proposed;
    expect(batch).toMatchObject({ payoutCount: 1, total: { amount: '6.00' } });
    expect(batch.exclusions.edges.map(({ node }) => [node.partner.id, node.reason])).toEqual([
      [outrun.globalId, 'BALANCE_CHANGED'],
    ]);
    expect((await aBatch(app, clerk)).total.amount).toBe('4.00');
  });

  it('among 32 refunds and proposals at once leaves nothing that is approved above what is payable', async () => {
    await using app = await startTestApp({ now: NOW });
    const found = await payees(app, 500n, 600n, 700n, 800n);
    for (const { id } of found) await anEarning(app, id, { amountMinor: 5_000n });
    const [clerk, approver] = [await aFinanceClerk(app), await aFinanceClerk(app)];
    const deeds = Array.from({ length: 32 }, (_, at) => async () => {
      if (at % 2 === 0) await createBatch(app, clerk);
      else await anEarning(app, found[at % found.length]?.id ?? '', { amountMinor: -BigInt(10 + at) });
    });
    await Promise.all(deeds.map((deed) => deed()));
    const uncovered = await uncoveredPartners(app);
    for (const { id } of await rawSql(app, `select id::text as id from payout_batches where state = 'DRAFT'`)) {
      const batchId = globalId('PayoutBatch', String(id));
      const answer = await moveBatch(app, approver, { step: 'approve', batchId });
      const paid = await rawSql(app, `select partner_id::text as id from payouts where batch_id = '${id}' order by 1`);
      const stale = paid.map((row) => String(row.id)).filter((partnerId) => uncovered.includes(partnerId));
      expect(answer.batch?.state ?? answer.partnerIds).toEqual(
        stale.length === 0 ? 'APPROVED' : stale.map((partnerId) => globalId('Partner', partnerId)),
      );
    }
    expect(await brokenInvariants(app)).toEqual([]);
  });

  it('is refused when a value of it is wrong', async () => {
    await using app = await startTestApp({ now: NOW });
    const clerk = await aFinanceClerk(app);
    for (const [field, wrong] of [
      ['currency', { currency: 'XAU' }],
      ['currency', { currency: 'XXX' }],
      ['currency', { currency: 'cny' }],
      ['cutOffAt', { cutOffAt: new Date('2026-11-05T08:00:00.001Z') }],
      ['idempotencyKey', { idempotencyKey: 'short' }],
    ] as const) {
      expect(await createBatch(app, clerk, wrong)).toMatchObject({ code: 'INVALID_INPUT', field });
    }
  });

  it('pays in currencies without decimals and with three', async () => {
    await using app = await startTestApp({ now: NOW });
    const payee = await aPayee(app);
    for (const currency of ['JPY', 'KWD'])
      await anEarning(app, payee.id, { amountMinor: 12_345n, currency, at: OCTOBER });
    await close(app, '2026-10');
    const clerk = await aFinanceClerk(app);
    expect((await aBatch(app, clerk, { currency: 'JPY' })).total.amount).toBe('12345');
    expect((await aBatch(app, clerk, { currency: 'KWD' })).total.amount).toBe('12.345');
  });
});

describe('a batch', () => {
  it('is approved by a second person only, whoever the first one is', async () => {
    await using app = await startTestApp({ now: NOW });
    await payees(app, 500n);
    const [admin, clerk] = [await anAdmin(app), await aFinanceClerk(app)];
    const { id: batchId } = await aBatch(app, admin);
    expect((await moveBatch(app, admin, { step: 'approve', batchId })).code).toBe('SAME_PERSON');
    const approved = await moveBatch(app, clerk, { step: 'approve', batchId, reason: 'Checked.' });
    expect(approved.batch).toMatchObject({ state: 'APPROVED', filePath: `/payouts/${batchId}.csv` });
    expect(approved.batch?.fileSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(approved.batch?.steps).toEqual([
      { from: null, to: 'DRAFT', by: `user:${admin.id}`, reason: 'Proposed.' },
      { from: 'DRAFT', to: 'APPROVED', by: `user:${clerk.id}`, reason: 'Checked.' },
    ]);
    // The same step again changes nothing; by somebody else it is another step.
    expect((await moveBatch(app, clerk, { step: 'approve', batchId })).batch?.steps).toHaveLength(2);
    const third = await aFinanceClerk(app);
    expect(await moveBatch(app, third, { step: 'approve', batchId })).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
      from: 'APPROVED',
    });
  });

  it('gives its money back when it is cancelled, before the approval and after it', async () => {
    await using app = await startTestApp({ now: NOW });
    const [payee] = await payees(app, 500n);
    const [clerk, approver] = [await aFinanceClerk(app), await aFinanceClerk(app)];
    for (const isApproved of [false, true]) {
      const { id: batchId } = await aBatch(app, clerk);
      if (isApproved) await moveBatch(app, approver, { step: 'approve', batchId });
      const { batch } = await moveBatch(app, clerk, { step: 'cancel', batchId });
      expect(batch).toMatchObject({ state: 'CANCELLED', filePath: null });
      expect(batch?.payouts.edges[0]?.node.state).toBe('CANCELLED');
      expect(await askPayable(app, clerk, payee ?? { globalId: '' })).toMatchObject({
        payable: '5.00',
        underWay: '0.00',
      });
      expect((await moveBatch(app, clerk, { step: 'send', batchId })).code).toBe('ILLEGAL_TRANSITION');
    }
    expect(await pendingHolds(app)).toBe(0);
  });

  it('is sent only when approved, and no longer cancelled then', async () => {
    await using app = await startTestApp({ now: NOW });
    await payees(app, 500n);
    const [clerk, approver] = [await aFinanceClerk(app), await aFinanceClerk(app)];
    const { id: batchId } = await aBatch(app, clerk);
    expect(await moveBatch(app, clerk, { step: 'send', batchId })).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    await moveBatch(app, approver, { step: 'approve', batchId });
    const { batch } = await moveBatch(app, clerk, { step: 'send', batchId });
    expect([batch?.state, batch?.payouts.edges[0]?.node.state]).toEqual(['SENT', 'SENT']);
    expect(await moveBatch(app, clerk, { step: 'cancel', batchId })).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
      from: 'SENT',
    });
  });

  it('that is approved and cancelled at once is one of the two, with its money where it belongs', async () => {
    await using app = await startTestApp({ now: NOW });
    await payees(app, 500n, 600n);
    const [clerk, approver] = [await aFinanceClerk(app), await aFinanceClerk(app)];
    for (let round = 0; round < 5; round += 1) {
      const { id: batchId } = await aBatch(app, clerk);
      await Promise.all([
        ...Array.from({ length: 8 }, () => moveBatch(app, approver, { step: 'approve', batchId })),
        moveBatch(app, approver, { step: 'send', batchId }),
        ...Array.from({ length: 8 }, () => moveBatch(app, clerk, { step: 'cancel', batchId })),
      ]);
      const [row] = await rawSql(app, `select state from payout_batches order by created_at desc, id desc limit 1`);
      const held = await pendingHolds(app);
      if (row?.state === 'CANCELLED') {
        expect(held).toBe(0);
        continue;
      }
      expect(['APPROVED', 'SENT']).toContain(row?.state);
      expect(held).toBe(2);
      return;
    }
  });

  it('is not approved when a partner gave another account or was suspended since', async () => {
    await using app = await startTestApp({ now: NOW });
    const [moved, barred, steady] = await payees(app, 500n, 600n, 700n);
    if (!moved || !barred || !steady) throw new Error('three payees');
    const [clerk, approver] = [await aFinanceClerk(app), await aFinanceClerk(app)];
    const { id: batchId } = await aBatch(app, clerk);
    await setDetails(app, moved, { account: 'ANOTHER99' });
    await rawSql(app, `update partners set state = 'SUSPENDED' where id = '${barred.id}'`);
    const answer = await moveBatch(app, approver, { step: 'approve', batchId });
    expect(answer.code).toBe('STALE_BATCH');
    expect(new Set(answer.partnerIds)).toEqual(new Set([moved.globalId, barred.globalId]));
    await moveBatch(app, clerk, { step: 'cancel', batchId });
    const second = await aBatch(app, clerk);
    expect(second.payoutCount).toBe(2);
    expect((await moveBatch(app, approver, { step: 'approve', batchId: second.id })).batch?.state).toBe('APPROVED');
  });

  it('is neither approved nor given to anybody when so much went back that it is not payable any more', async () => {
    await using app = await startTestApp({ now: NOW });
    const [refunded] = await payees(app, 500n, 600n);
    if (!refunded) throw new Error('a payee');
    await anEarning(app, refunded.id, { amountMinor: 900n });
    const [clerk, approver] = [await aFinanceClerk(app), await aFinanceClerk(app)];
    const { id: batchId } = await aBatch(app, clerk);
    await anEarning(app, refunded.id, { amountMinor: -1n });
    const answer = await moveBatch(app, approver, { step: 'approve', batchId });
    expect([answer.code, answer.partnerIds]).toEqual(['STALE_BATCH', [refunded.globalId]]);
    await moveBatch(app, clerk, { step: 'cancel', batchId });
    const second = await aBatch(app, clerk);
    expect(second.total.amount).toBe('10.99');
    await moveBatch(app, approver, { step: 'approve', batchId: second.id });
    await anEarning(app, refunded.id, { amountMinor: -1n });
    const headers = { authorization: `Bearer ${clerk.token}` };
    const file = await app.server.inject({ url: `/payouts/${second.id}.csv`, headers });
    expect([file.statusCode, file.json().errors[0].extensions.code]).toEqual([409, 'STALE_BATCH']);
    // What the bank has already is said all the same, and its file can be read again then.
    expect((await moveBatch(app, clerk, { step: 'send', batchId: second.id })).batch?.state).toBe('SENT');
    expect((await app.server.inject({ url: `/payouts/${second.id}.csv`, headers })).statusCode).toBe(200);
  });

  it('keeps its history: steps, files and sums are not changed by raw SQL', async () => {
    await using app = await startTestApp({ now: NOW });
    await payees(app, 500n);
    await aPayee(app).then(({ id }) => anEarning(app, id, { amountMinor: -1n }));
    const [clerk, approver] = [await aFinanceClerk(app), await aFinanceClerk(app)];
    const { id: batchId } = await aBatch(app, clerk);
    await moveBatch(app, approver, { step: 'approve', batchId });
    const changes = [
      `update payouts set amount_minor = 1`,
      'delete from payouts',
      `update payout_batches set total_minor = 1`,
      `update payout_batches set file_sha256 = 'x'`,
      `update payout_files set content = 'x'`,
      `update payout_exclusions set reason = 'BATCH_FULL'`,
      `update payout_steps set reason = 'x'`,
      'delete from payout_batch_steps',
      'truncate payout_steps',
    ];
    for (const change of changes) await expect(rawSql(app, change)).rejects.toThrow(/append-only|keeps what was/);
  });
});
