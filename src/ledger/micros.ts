import { sql } from 'kysely';

/** An instant as the database keeps it: microseconds since 1970, exactly. */
export function micros(column: string) {
  return sql<bigint>`(extract(epoch from ${sql.ref(column)}) * 1000000)::bigint`;
}

/** The same number for an instant of ours. */
export function microsOf(instant: Date): bigint {
  return BigInt(instant.getTime()) * 1_000n;
}
