import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { findCurrentAttributions } from '../../src/attribution/index.ts';
import type { Database } from '../../src/platform/database.ts';
import { createDatabaseOfBefore } from '../support/test-database.ts';

const AT = '2026-10-01T08:00:00Z';

/** A run of two conversions on two days, touchpoint by touchpoint as it lay in the tables. */
async function fill(database: Database): Promise<{ campaign: string; partner: string }> {
  const [partner, campaign, runId] = [randomUUID(), randomUUID(), randomUUID()];
  const run = (statement: string, values: unknown[]) => database.pool.query(statement, values);
  await run("insert into domains values ('music', 'Music', '音乐')", []);
  await run(
    `insert into partners (id, name, kind, domain_code, state, country, description, created_at)
     values ($1, 'House', 'SCHOOL', 'music', 'ACTIVE', 'CN', '', $2)`,
    [partner, AT],
  );
  await run(
    `insert into campaigns (id, name, description, goal, state, lead_partner_id, channels, currency, budget_minor,
       attribution_window_days, view_window_days, starts_at, ends_at, created_at)
     values ($1, 'Autumn', '', '', 'LIVE', $2, '{EMAIL}', 'CNY', 0, 30, 1, $3, $3, $3)`,
    [campaign, partner, AT],
  );
  await run("insert into attribution_runs values ($1, $2, 'LINEAR', 1, 'digest', 2, $3)", [runId, campaign, AT]);
  for (const [day, denominator, value] of [
    ['2026-10-02T00:00:00Z', 3, 334],
    ['2026-10-02T23:59:59Z', 3, 333],
    ['2026-10-03T00:00:00Z', 2, 50],
  ] as const) {
    const conversion = randomUUID();
    await run(
      `insert into conversions (id, kind, value_minor, refunded_minor, currency, occurred_at, received_at)
       values ($1, 'LEAD', 1000, 0, 'CNY', $2, $2)`,
      [conversion, day],
    );
    const values = [runId, conversion, randomUUID(), partner, denominator, value];
    await run("insert into attribution_credits values ($1, $2, $3, $4, 'EMAIL', 1, $5, $6, 'CNY')", values);
  }
  return { campaign, partner };
}

it('keeps what campaigns had earned when touchpoint by touchpoint was kept', async () => {
  await using before = await createDatabaseOfBefore('attribution-sums', fill);
  const { campaign, partner } = before.kept;
  const after = before.database;
  const { rows } = await after.pool.query(
    `select to_char(day, 'YYYY-MM-DD') as day, credit_numerator as n, credit_denominator as d, value_minor as value
     from attribution_sums order by day`,
  );
  expect(rows).toEqual([
    { day: '2026-10-02', n: 2n, d: 3n, value: 667n },
    { day: '2026-10-03', n: 1n, d: 2n, value: 50n },
  ]);
  const [found] = await findCurrentAttributions(after, { campaignIds: [campaign], model: 'LINEAR' });
  expect(found).toMatchObject({ number: 1, effectsVersion: null, rows: [{ partnerId: partner, valueMinor: 717n }] });
  expect(found?.rows[0]?.credit.toFraction()).toBe('7/6');
});
