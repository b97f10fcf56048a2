import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { coverageOf } from '../../src/contracts/coverage.queries.ts';
import type { ContractTables } from '../../src/contracts/index.ts';
import type { Database } from '../../src/platform/database.ts';
import { createDatabaseOfBefore } from '../support/test-database.ts';

const AT = '2026-10-01T08:00:00Z';
const ENDED_AT = '2026-10-20T08:00:00Z';

/** Two contracts of a partner as they lay in the tables: one that has ended, one in force. */
async function fill(database: Database): Promise<string> {
  const partner = randomUUID();
  const run = (statement: string, values: unknown[]) => database.pool.query(statement, values);
  await run("insert into domains values ('music', 'Music', '音乐')", []);
  await run(
    `insert into partners (id, name, kind, domain_code, state, country, description, created_at)
     values ($1, 'House', 'SCHOOL', 'music', 'ACTIVE', 'CN', '', $2)`,
    [partner, AT],
  );
  for (const state of ['ENDED', 'IN_FORCE']) {
    const [contract, version] = [randomUUID(), randomUUID()];
    const from = state === 'ENDED' ? AT : ENDED_AT;
    await run("insert into contracts values ($1, $2, 'JPY', 'Asia/Tokyo', $2, $3)", [contract, state, AT]);
    await run("insert into contract_parties values ($1, $2, $3, 'SUPPLIER')", [randomUUID(), contract, partner]);
    const step = "insert into contract_steps values ($1, $2, null, $3, 'user:1', 'Because.', $4)";
    await run(step, [randomUUID(), contract, state, state === 'ENDED' ? ENDED_AT : AT]);
    await run(
      `insert into contract_versions (id, contract_id, number, effective_from, recorded_at, rounding, pool_model, note,
         proposed_at, proposed_by) values ($1, $2, 1, $3, $4, 'LISTED_ORDER', 'LINEAR', 'Agreed.', $4, 'user:1')`,
      [version, contract, from, AT],
    );
    await run("insert into contract_acceptances values ($1, $2, $3, $4, 'user:2', 'Fine.')", [
      randomUUID(),
      version,
      partner,
      AT,
    ]);
    await run(
      `insert into contract_terms (id, version_id, position, clause, step, kind, basis, percent, beneficiary, description)
       values ($1, $2, 0, '3.1', 1, 'PERCENTAGE', 'SALE', '33.30', 'PLATFORM', 'Fee.')`,
      [randomUUID(), version],
    );
  }
  return partner;
}

it('keeps what was agreed before contracts had an end, several currencies, hold days and scopes', async () => {
  await using before = await createDatabaseOfBefore('contract-terms', fill);
  const ownerPartnerId = before.kept;
  const after = before.database;
  const { rows } = await after.pool.query('select name, currencies, notice_days, ends_at from contracts order by name');
  expect(rows).toEqual([
    { name: 'ENDED', currencies: ['JPY'], notice_days: 30, ends_at: new Date(ENDED_AT) },
    { name: 'IN_FORCE', currencies: ['JPY'], notice_days: 30, ends_at: null },
  ]);
  const knownAt = new Date('2026-11-01T00:00:00Z');
  const coverage = await coverageOf(after.read<ContractTables>(), { supplierIds: [ownerPartnerId], knownAt });
  const at = (soldAt: string) => coverage.versionAt({ ownerPartnerId, currency: 'JPY', soldAt: new Date(soldAt) });
  expect(at('2026-10-20T07:59:59Z')).toMatchObject({
    contractName: 'ENDED',
    holdDays: 0,
    payoutMinimums: [],
    terms: [{ percent: '33.30', tiers: null, capMinor: null, contentId: null, currency: null, maxMonths: null }],
  });
  expect(at(ENDED_AT)?.contractName).toBe('IN_FORCE');
});
