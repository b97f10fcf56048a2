import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { rowsOf } from '../../../src/platform/database.ts';
import { type ColumnTypes, columnsOf, unnestRows } from '../../../src/platform/unnest-rows.ts';
import { createTestDatabase } from '../../support/test-database.ts';

interface Row {
  readonly position: number;
  readonly id: string | null;
  readonly amount: bigint;
  readonly at: Date | string;
  readonly text: string | null;
  readonly json: string;
}

const TYPES: ColumnTypes<Row> = {
  position: 'smallint',
  id: 'uuid',
  amount: 'bigint',
  at: 'timestamptz',
  text: 'text',
  json: 'jsonb',
};

/** What has a meaning in the text of an array, or looks as if it had. */
const TEXTS = [
  '',
  ' ',
  'NULL',
  'null',
  null,
  'a,b',
  '{}',
  '{a}',
  '"',
  '\\',
  '\\"',
  "'",
  'line\nline\ttab',
  '課程',
  '$1',
];

it('hands over every text, amount, instant and JSON value as it is', async () => {
  await using test = await createTestDatabase();
  const rows = TEXTS.map((text, position) => ({
    position,
    id: position === 1 ? null : `00000000-0000-7000-8000-${String(position).padStart(12, '0')}`,
    amount: -9_007_199_254_740_993n,
    at: position === 2 ? '2026-01-01T00:00:00.123Z' : new Date('2026-01-01T00:00:00.123Z'),
    text,
    json: JSON.stringify({ text, list: ['"', '\\'] }),
  }));
  const read = await test.database.transaction((em) =>
    sql<Row>`select ${columnsOf(TYPES)} from ${unnestRows(TYPES, rows)} order by position`.execute(rowsOf(em)),
  );
  expect(read.rows).toEqual(rows.map((row) => ({ ...row, at: new Date(row.at), json: JSON.parse(row.json) })));
});

it('makes no row of none', async () => {
  await using test = await createTestDatabase();
  const read = await test.database.transaction((em) => sql`select * from ${unnestRows(TYPES, [])}`.execute(rowsOf(em)));
  expect(read.rows).toEqual([]);
});
