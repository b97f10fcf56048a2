import { describe, expect, it } from 'vitest';
import { countQueries } from '../../support/count-queries.ts';
import { aPaidOrder, type TestOrder } from '../../support/orders.ts';
import { aFinanceClerk } from '../../support/people.ts';
import {
  classesOf,
  decimal,
  reconciled,
  type StripeLine,
  stripeFile,
  uploadFile,
  wrongTotals,
} from '../../support/reconciliation.ts';
import { startTestApp } from '../../support/test-app.ts';

const DAY = 24 * 3_600_000;

function charge(order: TestOrder, at: Date): StripeLine {
  const fee = decimal((order.totalMinor * 6n + 500n) / 1_000n);
  const facts = { category: 'charge' as const, gross: decimal(order.totalMinor), fee, charge: `sbx_${order.id}` };
  return { txn: `txn_${order.id}`, at, ...facts };
}

describe('the period of a settlement file', () => {
  it('is what the file is held against: all of that day, and nothing of another one', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-10T08:00:00Z') });
    const clerk = await aFinanceClerk(app);
    const day = new Date('2026-11-05T00:00:00Z').getTime();
    const at = (hours: number) => new Date(day + hours * 3_600_000);
    const [before, early, noon, late, after] = await Promise.all(
      [-1, 0, 12, 23, 24].map((hours) => aPaidOrder(app, { paidAt: at(hours) })),
    );
    if (!before || !early || !noon || !late || !after) throw new Error('five orders');
    // A line of the day before reaches back behind the day: what lies between is not asked for.
    const lines = [charge(noon, at(12)), charge(before, at(-1))];
    const period = { from: at(0).toISOString(), until: new Date(day + DAY).toISOString() };
    const run = await reconciled(app, clerk, stripeFile(lines, at(12)), period);
    const missing = run.exceptions.filter(({ class: name }) => name === 'MISSING_IN_FILE');
    expect(missing.map(({ reference }) => reference).toSorted()).toEqual(
      [`sbx_${early.id}`, `sbx_${late.id}`].toSorted(),
    );
    expect([run.exceptions.length, wrongTotals(run)]).toEqual([2, []]);
    expect(run.report?.totals).toMatchObject([{ movementsMatched: { count: 2 }, movementsMissing: { count: 2 } }]);
  });

  it('is asked for even when no line moves money, and is kept with the run', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-10T08:00:00Z') });
    const clerk = await aFinanceClerk(app);
    await aPaidOrder(app, { paidAt: new Date('2026-11-05T10:00:00Z') });
    const period = { from: '2026-11-05T00:00:00+00:00', until: '2026-11-06T00:00:00Z' };
    const run = await reconciled(app, clerk, stripeFile([], app.clock.now()), period);
    expect(classesOf(run)).toEqual(['MISSING_IN_FILE null']);
    const { reconciliationRun } = await app.query<{ reconciliationRun: unknown }>(
      'query ($id: ID!) { reconciliationRun(id: $id) { periodFrom periodUntil } }',
      { id: run.id },
      clerk,
    );
    expect(reconciliationRun).toEqual({
      periodFrom: '2026-11-05T00:00:00.000Z',
      periodUntil: '2026-11-06T00:00:00.000Z',
    });
  });

  it('is refused when it is none, or another one than the same file had before', async () => {
    await using app = await startTestApp();
    const clerk = await aFinanceClerk(app);
    const file = stripeFile([], app.clock.now());
    const [from, until] = ['2026-11-05T00:00:00Z', '2026-11-06T00:00:00Z'];
    for (const wrong of [
      { from },
      { until },
      { from: until, until: from },
      { from, until: from },
      { from: '2026-11-05', until },
      { from: 'today', until },
    ]) {
      const answer = await uploadFile(app, clerk, file, wrong);
      expect([answer.status, answer.errors?.[0]?.extensions.code]).toEqual([400, 'INVALID_INPUT']);
    }
    expect((await uploadFile(app, clerk, file, { from, until })).isNew).toBe(true);
    expect((await uploadFile(app, clerk, file, { from, until: '2026-11-06T08:00:00+08:00' })).isNew).toBe(false);
    expect((await uploadFile(app, clerk, file)).status).toBe(400);
  });
});

describe('the lists of runs, lines and exceptions', () => {
  it('take as many statements for many rows as for one', async () => {
    await using app = await startTestApp();
    const clerk = await aFinanceClerk(app);
    const line = (at: number): StripeLine => ({
      txn: `txn_${at}`,
      category: 'charge',
      gross: '1.00',
      charge: `ch_${at}`,
    });
    for (let file = 0; file < 6; file++) {
      const lines = Array.from({ length: 6 }, (_, at) => line(file * 10 + at));
      await reconciled(app, clerk, stripeFile(lines, app.clock.now()));
    }
    const run = await reconciled(app, clerk, stripeFile([line(99)], app.clock.now()));
    const lists = [
      `reconciliationRuns(first: $first) { edges { node { id fileName report { lines } } } }`,
      `reconciliationLines(runId: "${run.id}", first: $first) { edges { node { lineNumber state } } }`,
      `reconciliationExceptions(first: $first) { edges { node { id reason run { id fileName } steps { by reason } } } }`,
    ];
    for (const list of lists) {
      const ask = (first: number) => app.query(`query ($first: Int) { ${list} }`, { first }, clerk);
      await ask(1);
      const one = await countQueries(app, () => ask(1));
      expect(await countQueries(app, () => ask(30))).toBe(one);
      expect(one).toBeGreaterThan(0);
    }
  });
});
