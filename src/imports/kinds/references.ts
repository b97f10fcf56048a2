import { type MergeContext, STAGED } from './importer.ts';

const UUID = '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$';

/** A column whose cells name rows of another table. */
export interface Reference {
  /** Column of the staging table and of the file. */
  readonly column: string;
  /** Table it points into. */
  readonly table: string;
  /** Text columns that may hold the name, best first. Our own id is always one. */
  readonly by: readonly string[];
  /** Such as `user`, for the reason given when there is none. */
  readonly what: string;
}

/** Where `resolve` puts what it found: columns `ref` and `id`. */
export function idsOf(column: string): string {
  return `${column}_ids`;
}

/**
 * Looks up the distinct names in a column, and refuses rows whose name is unknown. A name that fits several rows in the
 * same way, where the column is not unique, is refused too.
 */
export async function resolve(context: MergeContext, reference: Reference): Promise<void> {
  const { column, table, by, what } = reference;
  const { session } = context;
  const candidates = by.map((name, rank) => {
    const match = name === 'email' ? 'lower(names.ref)' : 'names.ref';
    return `select names.ref, found.id, ${rank} as rank from names join ${table} found on found.${name} = ${match}`;
  });
  candidates.push(`
    select names.ref, found.id, ${by.length} as rank
    from (select ref, case when lower(ref) ~ '${UUID}' then ref::uuid end as id from names) names
    join ${table} found on found.id = names.id`);
  await session.execute(`
    create temporary table ${idsOf(column)} on commit drop as
    with names as (select distinct "${column}" as ref from ${STAGED} where "${column}" is not null),
      found as (${candidates.join(' union all ')}),
      best as (select ref, id, rank = min(rank) over (partition by ref) as is_best from found)
    select names.ref, (array_agg(best.id))[1] as id, count(distinct best.id)::integer as matches
    from names left join best on best.ref = names.ref and best.is_best group by names.ref`);
  await session.execute(`create unique index on ${idsOf(column)} (ref)`);
  await session.analyse(idsOf(column));
  await context.refuse(`
    select line, '${column}' as column_name,
      case ids.matches when 0 then 'names no ${what} that there is' else 'names more than one ${what}' end as reason
    from ${STAGED} join ${idsOf(column)} ids on ids.ref = ${STAGED}."${column}" where ids.matches <> 1`);
}
