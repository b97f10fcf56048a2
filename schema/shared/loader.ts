import DataLoader from 'dataloader';
import type { Platform } from '../../src/platform/platform.ts';
import type { Actor } from '../../src/shared/actor.ts';

/** What the loaders of one request read from, and for whom. */
export interface LoaderScope {
  readonly platform: Pick<Platform, 'database' | 'clock'>;
  readonly actor: Actor;
}

/** A loader over a batch read that answers rows in any order; absent ids give null. */
export function loaderById<Row extends { readonly id: string }>(
  findByIds: (ids: readonly string[]) => Promise<readonly Row[]>,
): DataLoader<string, Row | null> {
  return new DataLoader(async (ids) => {
    const rows = new Map((await findByIds(ids)).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id) ?? null);
  });
}

/** A loader of the rows that belong to each id, in the order in which the batch read gives them. */
export function loaderOfGroups<Row>(
  findByIds: (ids: readonly string[]) => Promise<readonly Row[]>,
  groupId: (row: Row) => string,
): DataLoader<string, readonly Row[]> {
  return new DataLoader(async (ids) => {
    const groups = Map.groupBy(await findByIds(ids), groupId);
    return ids.map((id) => groups.get(id) ?? []);
  });
}
