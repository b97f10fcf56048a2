import { expect, it } from 'vitest';
import { bulkInsert } from '../../../src/platform/bulk-insert.ts';
import { createTestDatabase } from '../../support/test-database.ts';

const account = (at: number) => ({
  id: `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`,
  code: `account:${at}`,
  currency: 'CNY',
  kind: 'ASSET',
  created_at: new Date('2026-01-01T00:00:00.123Z'),
});

it('inserts more rows than fit one statement, and counts only new ones the second time', async () => {
  await using test = await createTestDatabase();
  const rows = Array.from({ length: 12_345 }, (_, at) => account(at));
  const insert = (some: typeof rows) => test.database.transaction((em) => bulkInsert(em, 'ledger_accounts', some));
  expect(await insert(rows)).toBe(12_345);
  expect(await insert([...rows.slice(-5), account(99_999)])).toBe(1);
  const [stored] = await test.database.orm.em
    .fork()
    .execute<{ created_at: string }[]>("select created_at::text from ledger_accounts where code = 'account:12344'");
  expect(stored?.created_at).toContain('00:00:00.123');
});

it('stores amounts past 2^53 to the last unit', async () => {
  await using test = await createTestDatabase();
  const value = 9_007_199_254_740_993n;
  const conversion = {
    id: '00000000-0000-7000-8000-000000000001',
    kind: 'LEAD',
    value_minor: value,
    currency: 'CNY',
    occurred_at: new Date(0),
    received_at: new Date(0),
  };
  await test.database.transaction((em) => bulkInsert(em, 'conversions', [conversion]));
  const [stored] = await test.database.orm.em
    .fork()
    .execute<{ value_minor: bigint }[]>('select value_minor from conversions');
  expect(stored?.value_minor).toBe(value);
});
