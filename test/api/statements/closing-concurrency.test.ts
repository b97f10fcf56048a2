import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { rawSql } from '../../support/ledger.ts';
import { aSupplier, close, type EntryOptions, post, type TestSupplier } from '../../support/statements.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const OCTOBER = new Date('2026-10-31T12:00:00Z');
const aSaleOf = (amountMinor: bigint): EntryOptions => ({ kind: 'SALE', amountMinor, effectiveAt: OCTOBER });

/** Posts sales of October one after another until it is told to stop. @returns how many cents it posted */
async function keepSelling(app: TestApp, supplier: TestSupplier, until: AbortSignal): Promise<bigint> {
  let posted = 0n;
  while (!until.aborted) {
    await post(app, supplier, [aSaleOf(1n), aSaleOf(2n)]);
    posted += 3n;
  }
  return posted;
}

it('puts a sale that is settled while the month closes on this statement or late on the next, never on none or both', async () => {
  await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
  const supplier = await aSupplier(app);
  await post(
    app,
    supplier,
    Array.from({ length: 200 }, () => aSaleOf(10n)),
  );
  const enough = new AbortController();
  const writers = Array.from({ length: 4 }, () => keepSelling(app, supplier, enough.signal));
  await sleep(100);
  const closing = await close(app, '2026-10');
  await sleep(100);
  enough.abort();
  const posted = (await Promise.all(writers)).reduce((sum, cents) => sum + cents, 2_000n);
  app.clock.set(new Date('2026-12-05T08:00:00Z'));
  await close(app, '2026-11');

  const [october, november] = await rawSql(
    app,
    `select period, closing_minor - opening_minor as earned, line_count,
       (select count(*)::int from statement_lines line where line.statement_id = s.id and line.late_period = '2026-10') as late
     from statements s order by period`,
  );
  expect(october).toMatchObject({ period: '2026-10', line_count: closing.lines, late: 0 });
  // The writers ran before, while and after the month was closed: otherwise this would show nothing.
  expect(closing.lines).toBeGreaterThan(200);
  expect(november?.late).toBeGreaterThan(0);
  expect(november?.late).toBe(november?.line_count);
  expect(BigInt(String(october?.earned)) + BigInt(String(november?.earned))).toBe(posted);
  const [left] = await rawSql(
    app,
    `select count(*)::int as entries, count(statement_id)::int as stated,
       (select count(*)::int from statement_lines) as lines from partner_entries`,
  );
  expect(left).toEqual({ entries: left?.lines, stated: left?.lines, lines: left?.lines });
});

it('closes once when thirty-two ask at the same moment', async () => {
  await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
  const suppliers = [await aSupplier(app), await aSupplier(app), await aSupplier(app)];
  for (const supplier of suppliers) await post(app, supplier, [aSaleOf(7n), aSaleOf(8n)]);
  const closings = await Promise.all(Array.from({ length: 32 }, () => close(app, '2026-10')));
  expect(closings.filter(({ isNew }) => isNew)).toEqual([{ statements: 3, lines: 6, isNew: true }]);
  const [count] = await rawSql(
    app,
    `select (select count(*)::int from period_closings) as closings, (select count(*)::int from statements) as statements,
       (select count(*)::int from statement_lines) as lines`,
  );
  expect(count).toEqual({ closings: 1, statements: 3, lines: 6 });
});

it('leaves nothing behind when it fails half-way, and can be done again', async () => {
  await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
  const supplier = await aSupplier(app);
  await post(app, supplier, [aSaleOf(7n)]);
  await rawSql(
    app,
    `create function fail() returns trigger language plpgsql as $$ begin raise exception 'the disk is full'; end $$`,
    'create trigger full_disk after insert on statements for each statement execute function fail()',
  );
  await expect(close(app, '2026-10')).rejects.toThrow(/the disk is full/);
  const [count] = await rawSql(
    app,
    `select (select count(*)::int from period_closings) as closings, (select count(*)::int from statement_lines) as lines,
       (select count(statement_id)::int from partner_entries) as stated`,
  );
  expect(count).toEqual({ closings: 0, lines: 0, stated: 0 });
  await rawSql(app, 'drop trigger full_disk on statements');
  expect(await close(app, '2026-10')).toEqual({ statements: 1, lines: 1, isNew: true });
});

it('begins anew when somebody changed what its snapshot shows, and gives up what goes on like that', async () => {
  await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
  await post(app, await aSupplier(app), [aSaleOf(7n)]);
  // A sequence counts on through transactions that are undone.
  await rawSql(
    app,
    'create sequence attempts',
    `create function race() returns trigger language plpgsql as $$ begin
       if nextval('attempts') < tg_argv[0]::int then raise exception 'changed' using errcode = '40001'; end if;
       return null;
     end $$`,
    'create trigger race after insert on statements for each statement execute function race(3)',
  );
  expect(await close(app, '2026-10')).toEqual({ statements: 1, lines: 1, isNew: true });
  app.clock.set(new Date('2026-12-05T08:00:00Z'));
  await rawSql(
    app,
    'drop trigger race on statements',
    'create trigger race after insert on statements for each statement execute function race(1000)',
  );
  await expect(close(app, '2026-11')).rejects.toThrow(/changed/);
});
