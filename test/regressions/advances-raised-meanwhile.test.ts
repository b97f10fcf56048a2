import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { amend } from '../support/amendments.ts';
import { aContract, share } from '../support/contracts.ts';
import { rawSql } from '../support/ledger.ts';
import { aPartner } from '../support/partners.ts';
import { balances } from '../support/settlement.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const terms = (amountMinor: bigint) => [
  share(1, { beneficiary: 'CONTENT_OWNER', percent: '50', basis: 'SALE' }),
  share(2, { kind: 'ADVANCE', beneficiary: 'CONTENT_OWNER', percent: '10', amountMinor, basis: null }),
];

it('pays an advance that is raised while it is paid only what it is more', async () => {
  await using app = await startTestApp();
  const { id: partnerId } = await aPartner(app);
  const { id } = await aContract(app, { parties: [{ partnerId }], versions: [{ terms: terms(10_000n) }] });
  // Whoever pays gets as far as the books, and has read by then what was paid before.
  const blocker = await app.platform.database.pool.connect();
  await blocker.query('begin; lock table ledger_transactions in exclusive mode');
  const first = app.services.advances.payDue(id);
  await untilWaiting(app, 1);
  await amend(app, id, { number: 2, terms: terms(15_000n) });
  const second = app.services.advances.payDue(id);
  await untilWaiting(app, 2);
  await blocker.query('commit');
  blocker.release();
  expect(await Promise.all([first, second])).toEqual([1, 1]);
  expect((await balances(app))[`partner:${partnerId}:advances`]).toBe(15_000n);
});

async function untilWaiting(app: TestApp, count: number): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    const [row] = await rawSql(
      app,
      `select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (Number(row?.waiting) >= count) return;
    await sleep(20);
  }
  throw new Error(`${count} never waited.`);
}
