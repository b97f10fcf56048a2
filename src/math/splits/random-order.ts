import { tieKey } from '../selection/tie-key.ts';

/**
 * The places 0 to count - 1 in an order that depends on nothing but seed and row: no row's order is another's business,
 * so it stays the same when rows come or go behind it.
 */
export function randomOrder(count: number, { seed, row }: { seed: number; row: number }): Int32Array {
  const keys = Float64Array.from({ length: count }, (_, place) => tieKey(seed, row, place));
  return Int32Array.from(keys.keys()).sort((a, b) => (keys[a] as number) - (keys[b] as number) || a - b);
}
