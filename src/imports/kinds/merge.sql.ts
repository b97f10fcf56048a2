import { type MergeContext, type MergeCounts, STAGED } from './importer.ts';

export interface Upsert {
  readonly into: string;
  /** Column that tells whether the row is there already. */
  readonly key: string;
  /** SQL expression of every column of a new row, by its name. */
  readonly values: Readonly<Record<string, string>>;
  /** Columns that follow the file when the row is there, and what they become; the others stay. */
  readonly update: Readonly<Record<string, string>>;
  /** What the values select from. */
  readonly from: string;
  /** For rows that are part of a record: column with the record's id. A change of them updates the record. */
  readonly partOf?: string;
}

type InSession = Pick<MergeContext, 'session'>;

/** Rows that upserts touched and nobody counted yet: `id`, `is_new`. */
export const MERGED = 'merged';

/** The update of columns that become what the file says. */
export function asInFile(columns: readonly string[]): Record<string, string> {
  return Object.fromEntries(columns.map((name) => [name, `excluded.${name}`]));
}

/** Inserts what is new, changes what differs, leaves the rest untouched and notes which rows it touched. */
export async function upsert({ session }: InSession, spec: Upsert, values: readonly unknown[]): Promise<void> {
  const { into, key, from, update, partOf } = spec;
  const names = Object.keys(update);
  await session.execute(`create temporary table if not exists ${MERGED} (id uuid, is_new boolean) on commit drop`);
  await session.execute(
    `with written as (
       insert into ${into} (${Object.keys(spec.values).join(', ')})
       select ${Object.values(spec.values).join(', ')} from ${from}
       on conflict (${key}) do update set ${names.map((name) => `${name} = ${update[name]}`).join(', ')}
       where (${names.map((name) => `${into}.${name}`).join(', ')})
         is distinct from (${names.map((name) => update[name]).join(', ')})
       returning ${partOf ?? 'id'} as id, ${partOf ? 'false' : '(xmax = 0)'} as is_new)
     insert into ${MERGED} select id, is_new from written`,
    values,
  );
}

/** How many records were new and how many changed, over all upserts since the last count. */
export async function countMerged({ session }: InSession): Promise<MergeCounts> {
  const [counts] = await session.query<MergeCounts>(`
    select count(*) filter (where is_new)::integer as inserted, count(*) filter (where not is_new)::integer as updated
    from (select bool_or(is_new) as is_new from ${MERGED} group by id) records`);
  await session.execute(`truncate ${MERGED}`);
  return counts ?? { inserted: 0, updated: 0 };
}

/**
 * Refuses the later of two rows with the same value in a column that must not have it twice. To be asked for last: a row
 * that is refused anyway takes no other with it.
 */
export function refuseRepeated({ refuse }: MergeContext, column: string): Promise<void> {
  return refuse(repeatedIn(STAGED, { column, name: column }));
}

/** SQL for what `Refusals.refuse` takes: rows of a staging table whose value an earlier line has. */
export function repeatedIn(table: string, { column, name }: { column: string; name: string }): string {
  return `
    select line, '${name}' as column_name, format('is the same as on line %s', first_line) as reason
    from (select line, min(line) over (partition by ${column}) as first_line from ${table} where ${column} is not null)
      repeated
    where line <> first_line`;
}

/** Refuses rows whose instant lies before this century, or in the future but for the minutes by which clocks differ. */
export function refuseOutOfTime({ refuse, now }: MergeContext, column: string): Promise<void> {
  return refuse(
    `select line, '${column}' as column_name, 'lies in the future, or before the year 2000' as reason
     from ${STAGED}
     where ${column} > $1::timestamptz + interval '5 minutes' or ${column} < '2000-01-01T00:00:00Z'`,
    [now],
  );
}
