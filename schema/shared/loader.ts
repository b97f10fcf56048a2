import DataLoader from 'dataloader';

/** A loader over a batch read that answers rows in any order; absent ids give null. */
export function loaderById<Row extends { readonly id: string }>(
  findByIds: (ids: readonly string[]) => Promise<readonly Row[]>,
): DataLoader<string, Row | null> {
  return new DataLoader(async (ids) => {
    const rows = new Map((await findByIds(ids)).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id) ?? null);
  });
}
