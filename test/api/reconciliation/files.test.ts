import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localId } from '../../../src/shared/global-id.ts';
import { aPaidOrder, type TestOrder } from '../../support/orders.ts';
import { aFinanceClerk, aLearner, anAdmin } from '../../support/people.ts';
import {
  balanceOf,
  classesOf,
  decimal,
  reconciled,
  type StripeLine,
  seeRun,
  stripeFile,
  uploadFile,
  wrongTotals,
} from '../../support/reconciliation.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const TABLES = ['settlement_lines', 'movement_matches', 'reconciliation_exceptions', 'ledger_transactions'];

function charge(order: TestOrder, more: Partial<StripeLine> = {}): StripeLine {
  const fee = decimal((order.totalMinor * 6n + 500n) / 1_000n);
  const facts = { category: 'charge' as const, gross: decimal(order.totalMinor), fee, charge: `sbx_${order.id}` };
  return { txn: `txn_${order.id}`, ...facts, ...more };
}

async function countRows(app: TestApp): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of TABLES) {
    const [row] = await app.platform.database.orm.em
      .fork()
      .execute<{ count: string }[]>(`select count(*)::text as count from ${table}`);
    counts[table] = Number(row?.count);
  }
  return counts;
}

describe('a settlement file', () => {
  it('is the same run when it comes again, and another one repeats its lines', async () => {
    await using app = await startTestApp();
    const clerk = await aFinanceClerk(app);
    const [one, two] = [await aPaidOrder(app), await aPaidOrder(app)];
    const at = app.clock.now();
    const first = await uploadFile(app, clerk, stripeFile([charge(one), charge(two)], at));
    await app.drainJobs();
    const counts = await countRows(app);
    const again = await uploadFile(app, await anAdmin(app), stripeFile([charge(one), charge(two)], at));
    expect(again).toEqual({ ...first, status: 200, isNew: false });
    await app.drainJobs();
    expect(await countRows(app)).toEqual(counts);
    const other = await reconciled(app, clerk, stripeFile([charge(two), charge(one, { txn: 'renamed' })], at));
    expect(classesOf(other)).toEqual(['DUPLICATE_LINE 2', 'DUPLICATE_LINE 3']);
    expect(wrongTotals(other)).toEqual([]);
    expect((await countRows(app)).movement_matches).toBe(2);
  });

  it('counts a payout and its lines once, however often they stand in a file and in how many files', async () => {
    await using app = await startTestApp();
    const clerk = await aFinanceClerk(app);
    const [one, two] = [await aPaidOrder(app), await aPaidOrder(app)];
    const at = app.clock.now();
    const lines = [charge(one, { payout: 'po_1' }), charge(two, { payout: 'po_1' })];
    const total = one.totalMinor + two.totalMinor;
    const fee = (one.totalMinor * 6n + 500n) / 1_000n + (two.totalMinor * 6n + 500n) / 1_000n;
    const payout: StripeLine = {
      txn: 'po',
      category: 'payout',
      gross: decimal(fee - total),
      source: 'po_1',
      payout: 'po_1',
    };
    const first = await reconciled(app, clerk, stripeFile([...lines, ...lines, payout, payout], at));
    expect(classesOf(first)).toEqual(['DUPLICATE_LINE 4', 'DUPLICATE_LINE 5', 'DUPLICATE_LINE 7']);
    expect(await balanceOf(app, 'platform:bank')).toBe(total - fee);
    const entries = (await countRows(app)).ledger_transactions;
    const [, second] = lines;
    const part = await reconciled(app, clerk, stripeFile(second ? [second, payout] : [], at));
    // That a part of its lines is not the payout is no fault of the books: all of it was told before.
    expect(classesOf(part)).toEqual(['DUPLICATE_LINE 2', 'DUPLICATE_LINE 3']);
    expect([first, part].flatMap(wrongTotals)).toEqual([]);
    expect((await countRows(app)).ledger_transactions).toBe(entries);
  });

  it('gives each payment to one line when files that overlap come at once', async () => {
    await using app = await startTestApp();
    const clerk = await aFinanceClerk(app);
    const made = [];
    for (let at = 0; at < 6; at++) made.push(await aPaidOrder(app));
    const at = app.clock.now();
    const files = [made.slice(0, 4), made.slice(2), made.slice(1, 5)].map((part, file) =>
      stripeFile(
        part.map((order) => charge(order, { txn: `${file}_${order.id}` })),
        at,
      ),
    );
    const kept = await Promise.all(files.map((file) => uploadFile(app, clerk, file)));
    const runs = kept.map(({ runId }) => localId('ReconciliationRun', runId));
    await Promise.all([...runs, ...runs].map((id) => app.services.reconciliation.reconcile(id)));
    await app.drainJobs();
    const seen = await Promise.all(kept.map(({ runId }) => seeRun(app, clerk, runId)));
    expect(seen.flatMap(wrongTotals)).toEqual([]);
    const of = (name: string) => seen.flatMap(({ exceptions }) => exceptions.filter((one) => one.class === name));
    expect(of('DUPLICATE_LINE')).toHaveLength(6);
    expect(of('MISSING_IN_LEDGER')).toEqual([]);
    // What one file leaves out another one brings.
    expect(of('MISSING_IN_FILE').filter(({ state }) => state !== 'SETTLED')).toEqual([]);
    expect(await countRows(app)).toMatchObject({ settlement_lines: 12, movement_matches: 6 });
  });

  it('leaves nothing behind when its run dies, and is matched by the next one', async () => {
    await using app = await startTestApp();
    const clerk = await aFinanceClerk(app);
    const order = await aPaidOrder(app);
    const { runId } = await uploadFile(app, clerk, stripeFile([charge(order)], app.clock.now()));
    const id = localId('ReconciliationRun', runId);
    const before = await countRows(app);
    const { ledger } = app.services;
    const post = ledger.post.bind(ledger);
    ledger.post = async (em, entries) => {
      await post(em, entries);
      throw new Error('The machine is gone.');
    };
    await expect(app.services.reconciliation.reconcile(id)).rejects.toThrow('The machine is gone.');
    ledger.post = post;
    expect(await countRows(app)).toEqual(before);
    expect((await seeRun(app, clerk, runId)).state).toBe('UPLOADED');
    await app.drainJobs();
    expect(await seeRun(app, clerk, runId)).toMatchObject({ state: 'MATCHED', exceptions: [] });
  });

  it('comes to the same whatever the order of its lines', async () => {
    await using app = await startTestApp();
    const made: TestOrder[] = [];
    for (let at = 0; at < 4; at++) made.push(await aPaidOrder(app));
    const [a, b, c, d] = made as [TestOrder, TestOrder, TestOrder, TestOrder];
    const at = app.clock.now();
    const lines = [
      charge(a),
      charge(a, { txn: 'twice' }),
      charge(b, { txn: 'p1', gross: '1.00' }),
      charge(b, { txn: 'p2', gross: decimal(b.totalMinor - 100n) }),
      charge(c, { gross: '7.77' }),
      charge(d, { charge: '', txn: 'nameless1' }),
      charge(d, { charge: '', txn: 'nameless2' }),
    ];
    const outcomeOf = async (order: readonly StripeLine[]) => {
      const { services, platform } = app;
      const { Readable } = await import('node:stream');
      const system = { kind: 'SYSTEM', name: 'test' } as const;
      const file = { profile: 'stripe', provider: 'sandbox', fileName: 'shuffled.csv' };
      const { runId } = await services.reconciliation.upload(
        system,
        file,
        Readable.from([Buffer.from(stripeFile(order, at))]),
      );
      await services.reconciliation.reconcile(runId);
      const em = platform.database.orm.em.fork();
      const kept = await em.execute(
        `select line.identity, line.state, matched.rule, matched.movement_id
         from settlement_lines line left join movement_matches matched using (match_id) order by 1, 4`,
      );
      const found = await em.execute(
        `select class, reference, expected_minor::text, actual_minor::text from reconciliation_exceptions order by 1, 2, 3, 4`,
      );
      for (const table of [
        'reconciliation_exception_steps',
        'reconciliation_exceptions',
        'movement_matches',
        'settlement_lines',
        'settlement_file_chunks',
        'reconciliation_runs',
      ]) {
        if (table.endsWith('steps')) await em.execute(`alter table ${table} disable trigger user`);
        await em.execute(`delete from ${table}`);
      }
      return JSON.stringify([kept, found]);
    };
    const expected = await outcomeOf(lines);
    expect(expected).toContain('MANY_LINES');
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(lines, { minLength: lines.length }), async (shuffled) => {
        expect(await outcomeOf(shuffled)).toBe(expected);
      }),
      { numRuns: 8 },
    );
  });

  it('is refused with a reason when it is hostile, and changes nothing then', async () => {
    await using app = await startTestApp();
    const clerk = await aFinanceClerk(app);
    const order = await aPaidOrder(app);
    const good = stripeFile([charge(order)], app.clock.now());
    const before = await countRows(app);
    const hostile = [
      Buffer.from([0x50, 0x4b, 3, 4, 1, 2, 3]),
      Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]),
      'no,such,columns\n1,2,3\n',
      Buffer.concat([Buffer.from(good), Buffer.from([0xff, 0xfe, 0xff])]).subarray(60),
    ];
    for (const content of hostile) {
      const run = await reconciled(app, clerk, content as string);
      expect(run).toMatchObject({ state: 'FAILED', failure: expect.stringMatching(/\w/), exceptions: [] });
    }
    expect(await countRows(app)).toEqual(before);
    const long = await reconciled(app, clerk, `${good.split('\n')[0]}\n${'x'.repeat(3_000_000)}`);
    expect(classesOf(long)).toEqual(['UNREADABLE_LINE 2']);
    const odd = `${good}t1,2026-11-01 08:00:00,cny,1.00,0.00,1.00,charge,"=cmd|'/c calc'!A1",\u0000,,,"\u202e",\n`;
    const run = await reconciled(app, clerk, odd);
    expect(['MATCHED', 'FAILED']).toContain(run.state);
    expect(wrongTotals(run)).toEqual([]);
  });

  it('is taken from finance staff and admins alone, with a profile that there is', async () => {
    await using app = await startTestApp();
    const clerk = await aFinanceClerk(app);
    const codeOf = async (who: { token?: string }, query: Record<string, string>, content = 'a,b\n') => {
      const { status, errors } = await uploadFile(app, who, content, query);
      return [status, errors?.[0]?.extensions.code];
    };
    expect(await codeOf({}, {})).toEqual([401, 'UNAUTHENTICATED']);
    expect(await codeOf(await aLearner(app), {})).toEqual([403, 'FORBIDDEN']);
    expect(await codeOf(clerk, { profile: 'nobody' })).toEqual([400, 'UNKNOWN_PROFILE']);
    expect(await codeOf(clerk, { provider: "x'; drop table users" })).toEqual([400, 'INVALID_INPUT']);
    expect(await codeOf(clerk, { name: '\u202e' })).toEqual([400, 'INVALID_INPUT']);
    expect(await codeOf(clerk, {}, '')).toEqual([400, 'INVALID_INPUT']);
  });
});
