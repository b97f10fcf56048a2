import { describe, expect, it } from 'vitest';
import { chartOfAccounts, type LedgerAudit, LedgerVerificationService } from '../../../src/ledger/index.ts';
import { system } from '../../../src/shared/actor.ts';
import { anEntry, post, tamper } from '../../support/ledger.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const AUDITOR = system('test');
const PARKED = '00000000-0000-7000-8000-0000000000ff';

async function withChain(app: TestApp): Promise<string[]> {
  const ids = [];
  for (let n = 1; n <= 5; n++) {
    const [posted] = await post(app, anEntry(app, { amountMinor: BigInt(n) * 100n }));
    ids.push(posted?.transactionId ?? '');
    app.clock.advance(1_000);
  }
  await app.services.ledger.seal();
  return ids;
}

async function faultOf(app: TestApp) {
  return (await app.services.ledgerVerification.verify(AUDITOR)).fault;
}

/** Takes transactions away as somebody would who knows every table that names them. */
function cutOff(ids: readonly string[]): string[] {
  const list = ids.map((id) => `'${id}'`).join(', ');
  return [
    `delete from ledger_seals where transaction_id in (${list})`,
    `delete from ledger_postings where transaction_id in (${list})`,
    `delete from ledger_transactions where id in (${list})`,
  ];
}

describe('somebody who owns the server', () => {
  it('cannot swap two transactions of the chain', async () => {
    await using app = await startTestApp();
    const [, second = '', , fourth = ''] = await withChain(app);
    const swap = (from: string, to: string) =>
      `update ledger_seals set transaction_id = '${to}' where transaction_id = '${from}'`;
    await tamper(app, swap(second, PARKED), swap(fourth, second), swap(PARKED, fourth));
    expect(await faultOf(app)).toMatchObject({ kind: 'LINK_BROKEN', sequence: 2n, transactionId: fourth });
  });

  it('cannot put links in another order', async () => {
    await using app = await startTestApp();
    const [, , third = '', fourth = ''] = await withChain(app);
    const move = (id: string, to: number) => `update ledger_seals set sequence = ${to} where transaction_id = '${id}'`;
    await tamper(app, move(third, 99), move(fourth, 3), move(third, 4));
    expect(await faultOf(app)).toMatchObject({ kind: 'LINK_BROKEN', sequence: 3n, transactionId: fourth });
  });

  it('cannot take the last link away', async () => {
    await using app = await startTestApp();
    const last = (await withChain(app)).at(-1) ?? '';
    await tamper(app, `delete from ledger_seals where transaction_id = '${last}'`);
    expect(await faultOf(app)).toMatchObject({ kind: 'TRANSACTION_STRAY', transactionId: last });
  });

  it('cannot take the end of the books away, which balances still count', async () => {
    await using app = await startTestApp();
    await tamper(app, ...cutOff((await withChain(app)).slice(3)));
    expect(await faultOf(app)).toMatchObject({ kind: 'BALANCE_DIFFERS' });
  });

  it('cannot take the end of the books away and mend the balances, once somebody noted the head', async () => {
    await using app = await startTestApp();
    const ids = await withChain(app);
    await app.services.ledgerVerification.run(AUDITOR, { id: app.platform.ids.next(), requestedBy: 'test' });
    await tamper(app, ...cutOff(ids.slice(3)), 'truncate ledger_balance_buckets');
    expect(await faultOf(app)).toMatchObject({ kind: 'HEAD_DIFFERS', sequence: 5n });
  });

  it.each([
    ['a sum', 'update ledger_balance_buckets set amount_minor = amount_minor + 1'],
    ['how many it sums', 'update ledger_balance_buckets set postings = postings + 1'],
    ['it away', "delete from ledger_balance_buckets where axis = 'RECORDED'"],
    [
      'a finer one to it',
      "insert into ledger_balance_buckets select account_id, axis, 'DAY', start, amount_minor, postings from ledger_balance_buckets",
    ],
  ])('cannot change what balances are read from: %s', async (_, change) => {
    await using app = await startTestApp();
    await withChain(app);
    await tamper(app, change);
    expect(await faultOf(app)).toMatchObject({ kind: 'BALANCE_DIFFERS' });
  });

  it.each(['effective_at', 'recorded_at'])('cannot move a posting in time by its %s', async (column) => {
    await using app = await startTestApp();
    const [, second = ''] = await withChain(app);
    const later = `${column} = ${column} + interval '1 microsecond'`;
    await tamper(app, `update ledger_postings set ${later} where transaction_id = '${second}' and position = 1`);
    expect(await faultOf(app)).toMatchObject({ kind: 'CONTENT_CHANGED', sequence: 2n, transactionId: second });
  });

  it('cannot slip postings in that belong to nothing', async () => {
    await using app = await startTestApp();
    await withChain(app);
    await tamper(
      app,
      `insert into ledger_postings select gen_random_uuid(), '${PARKED}', position, account_id, amount_minor, currency,
         reference, effective_at, recorded_at from ledger_postings limit 2`,
    );
    expect(await faultOf(app)).toMatchObject({ kind: 'POSTING_STRAY', transactionId: PARKED });
  });

  it.each([
    ['its state', "update ledger_holds set state = 'VOIDED'"],
    ['its history', "update ledger_hold_steps set to_state = 'POSTED'"],
    ['that it was ever made', 'delete from ledger_hold_steps'],
  ])('cannot change a hold: %s', async (_, change) => {
    await using app = await startTestApp();
    await withChain(app);
    const account = chartOfAccounts.platformRevenue;
    const wanted = { idempotencyKey: 'h', account, currency: 'CNY', amountMinor: 1n, reference: '', expiresAt: null };
    await app.platform.database.transaction((em) => app.services.ledger.hold(em, wanted));
    expect(await faultOf(app)).toBeNull();
    await tamper(app, change);
    expect(await faultOf(app)).toMatchObject({ kind: 'HOLD_DIFFERS' });
  });
});

describe('a check that another domain adds', () => {
  it('is named with the first fault that it finds, after the books were found intact', async () => {
    await using app = await startTestApp();
    const [first = ''] = await withChain(app);
    const sound: LedgerAudit = { name: 'sound', check: async () => null };
    const broken: LedgerAudit = {
      name: 'statements',
      check: async (_em, goOn) => {
        goOn();
        return { transactionId: first, detail: 'The root is another.' };
      },
    };
    const { outbox } = app.services;
    const service = new LedgerVerificationService(app.platform, { outbox, audits: [sound, broken] });
    const stages: string[] = [];
    const { fault } = await service.verify(AUDITOR, { onProgress: ({ stage }) => stages.push(stage) });
    expect(fault).toMatchObject({ kind: 'AUDIT_FAILED', transactionId: first });
    expect(fault?.detail).toBe('statements: The root is another.');
    expect([...new Set(stages)]).toEqual(['transactions', 'balances', 'statements']);
  });
});
