import { type RawBuilder, sql } from 'kysely';

/**
 * The least age in whole years that somebody born in a year can have: as if the birthday were still to come. Somebody
 * of whom no year is known may be of any age, so 0. The year is that of UTC: whoever was born on the last day of a year
 * has turned by then, wherever they are.
 */
export function leastAge(birthYear: number | null, at: Date): number {
  return birthYear === null ? 0 : Math.max(0, at.getUTCFullYear() - birthYear - 1);
}

/**
 * As `leastAge`, within a statement.
 *
 * @param birthYear an expression such as `sql.ref('users.birth_year')`; null counts as not known
 */
export function leastAgeSql(birthYear: RawBuilder<unknown>, at: Date): RawBuilder<number> {
  return sql<number>`greatest(0, ${at.getUTCFullYear()}::int - ${birthYear} - 1)`;
}
