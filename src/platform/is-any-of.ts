import { type RawBuilder, sql } from 'kysely';

/**
 * Holds for rows whose `column` is one of the ids; none, when the list is empty. All ids travel as one bound value, so
 * that lists of every length share one prepared statement.
 */
export function isAnyOf(column: string, ids: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(column)} = any(${ids}::uuid[])`;
}

/** As `isAnyOf`, for the partners that an actor may act for. */
export function isInScope(column: string, scope: 'ALL' | readonly string[]): RawBuilder<boolean> {
  return scope === 'ALL' ? sql<boolean>`true` : isAnyOf(column, scope);
}
