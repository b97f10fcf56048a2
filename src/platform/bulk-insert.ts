import { sql } from 'kysely';
import { type EntityManager, rowsOf } from './database.ts';

const CHUNK = 5_000;

/**
 * Inserts many rows by few statements: each chunk travels as one JSON value, so that neither the number of bound
 * values nor the text of the statement grows with it. Rows that meet a conflict are left as they are in the table.
 *
 * @param rows plain values by column name, all with the columns of the first; `bigint` and `Date` allowed
 * @returns number of rows that were new
 */
export async function bulkInsert(
  em: EntityManager,
  table: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<number> {
  const [first] = rows;
  if (!first) return 0;
  const columns = sql.join(Object.keys(first).map((column) => sql.ref(column)));
  const into = sql.table(table);
  let inserted = 0n;
  for (let from = 0; from < rows.length; from += CHUNK) {
    const json = JSON.stringify(rows.slice(from, from + CHUNK), exactNumbers);
    const result = await sql`
      insert into ${into} (${columns})
      select ${columns} from jsonb_populate_recordset(null::${into}, ${json}::jsonb)
      on conflict do nothing`.execute(rowsOf(em));
    inserted += result.numAffectedRows ?? 0n;
  }
  return Number(inserted);
}

/** Amounts go as text: a JSON number would pass through a float here, though not in PostgreSQL. */
function exactNumbers(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
