/** Some tenths of a second for a processor: long beside what a job costs, short beside what a killed worker loses. */
const WORK_OF_A_SHARD = 20_000_000;
const MOST_SHARDS = 64;

/**
 * Cuts the rows of a sparse matrix in blocks of about the same work: to compare a row with all others takes, for each of
 * its entries, a walk through the column of that entry.
 *
 * @param work what each row costs, at least 0
 * @param shardCount at least 1, and fewer blocks come out where there are fewer rows; by the work, when absent
 * @returns where the blocks begin, and at last where the last one ends; one block for no rows
 */
export function shardBounds(work: Float64Array, shardCount: number | null): number[] {
  const total = work.reduce((sum, one) => sum + one, 0);
  const wanted = shardCount ?? Math.min(MOST_SHARDS, Math.ceil(total / WORK_OF_A_SHARD));
  const count = Math.max(1, Math.min(wanted, work.length));
  const bounds = [0];
  let sum = 0;
  work.forEach((one, row) => {
    const isDue = sum >= (total * bounds.length) / count || work.length - row <= count - bounds.length;
    if (bounds.length < count && row > (bounds.at(-1) ?? 0) && isDue) bounds.push(row);
    sum += one;
  });
  return [...bounds, work.length];
}
