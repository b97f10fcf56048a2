import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { rawSql, tamper } from '../../support/ledger.ts';
import { aFinanceClerk } from '../../support/people.ts';
import { aSupplier, post } from '../../support/statements.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

/** Far more than sockets and streams hold, so that a file whose reader stops is stopped too. */
const LINES = 30_000;

async function aLongOpenMonth(app: TestApp) {
  const supplier = await aSupplier(app);
  await post(app, supplier, [{ kind: 'SALE', amountMinor: 1n }]);
  await tamper(
    app,
    `insert into partner_entries (posting_id, partner_id, currency, kind, amount_minor, period, effective_at,
       available_at, source_id, explanation, recorded_at)
     select md5('n' || n)::uuid, '${supplier.id}', 'CNY', 'SALE', 1, '2026-11', at, at, md5('n')::uuid, repeat('Long. ', 100), at
     from (select n, '2026-11-02'::timestamptz + n * interval '1 second' as at from generate_series(1, ${LINES}) n) e`,
    'analyze partner_entries',
  );
  return supplier;
}

async function transactionsOf(app: TestApp): Promise<number> {
  const [row] = await rawSql(
    app,
    `select count(*)::int as open from pg_stat_activity
     where datname = current_database() and xact_start is not null and pid <> pg_backend_pid()`,
  );
  return Number(row?.open);
}

it('lets go of the database when a reader goes away, and serves no more slow readers at once than it can', async () => {
  await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
  const supplier = await aLongOpenMonth(app);
  const { token } = await aFinanceClerk(app);
  await app.server.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.server.address() as AddressInfo;
  const path = `/statements/${supplier.globalId}/2026-11.json`;
  /** Begins to read, and reads no further. */
  const begin = async () => {
    const asked = request({ port, path, headers: { authorization: `Bearer ${token}` } }).end();
    const [response] = await once(asked, 'response');
    response.pause();
    return { status: response.statusCode as number, leave: () => asked.destroy() };
  };
  const readers = [await begin(), await begin(), await begin(), await begin()];
  expect(readers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  const fifth = await begin();
  expect(fifth.status).toBe(503);
  expect(await transactionsOf(app)).toBe(4);
  for (const { leave } of [...readers, fifth]) leave();
  for (let tries = 0; tries < 100 && (await transactionsOf(app)) > 0; tries++) await sleep(50);
  expect(await transactionsOf(app)).toBe(0);
  const sixth = await begin();
  expect(sixth.status).toBe(200);
  sixth.leave();
});
