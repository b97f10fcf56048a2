import { writeReducedValues } from './best-for-user.ts';
import { type LinearModel, worthOfLimits } from './linear-model.ts';
import type { UserBlocks } from './plan-model.ts';

/** What every user takes at given prices, and what it costs to take something else. */
export interface PricedChoice {
  /** By column: the amount taken. */
  readonly taken: Float64Array;
  /** By column: how much less all is worth when one more of it has to be taken, or, of what is taken, one less. */
  readonly losses: Float64Array;
  /** The dual function: no plan brings more, and none that takes another amount of a column more than this less its loss. */
  readonly bound: number;
}

/**
 * The best for every user at prices of the rows that couple users, with the loss of each deviation. A plan that is
 * known to bring `v` leaves only columns open whose loss is below `bound - v` (Lagrangian probing: Beasley, "Lagrangean
 * relaxation", in Reeves, "Modern heuristic techniques for combinatorial problems", 1993).
 *
 * @param prices by row; 0 for rows that the choice for a user keeps by itself
 */
export function pricedChoice(linear: LinearModel, blocks: UserBlocks, prices: Float64Array): PricedChoice {
  const count = linear.values.length;
  const reduced = new Float64Array(count);
  writeReducedValues(linear, prices, reduced);
  const choice = { taken: new Float64Array(count), losses: new Float64Array(count), bound: 0 };
  let bound = worthOfLimits(linear, prices);
  for (let user = 0; user < blocks.userCaps.length; user++) bound += chooseAndProbe(blocks, { user, reduced }, choice);
  return { ...choice, bound };
}

/** The best and the second best of a group; values of 0 and less count as nothing. */
interface GroupBest {
  readonly group: number;
  readonly column: number;
  readonly value: number;
  readonly second: number;
}

function chooseAndProbe(
  { groupStarts, columnStarts, groupCaps, userCaps }: UserBlocks,
  { user, reduced }: { user: number; reduced: Float64Array },
  { taken, losses }: PricedChoice,
): number {
  const [from, to] = [groupStarts[user] as number, groupStarts[user + 1] as number];
  if (from === to) return 0;
  const people = groupCaps[from] as number;
  const room = (userCaps[user] as number) / people;
  const bests: GroupBest[] = [];
  for (let group = from; group < to; group++) bests.push(bestOf(columnStarts, group, reduced));
  const ranked = bests.filter(({ value }) => value > 0).sort((a, b) => b.value - a.value || a.group - b.group);
  const chosen = ranked.slice(0, Math.min(room, ranked.length));
  // One more send takes the room of the worst one chosen; when there is room left, nobody's.
  const isFull = chosen.length >= room;
  const worst = room === 0 ? Number.POSITIVE_INFINITY : isFull ? (chosen.at(-1)?.value ?? 0) : 0;
  const next = isFull ? (ranked[chosen.length]?.value ?? 0) : 0;
  const chosenOf = new Map(chosen.map((best) => [best.group, best]));
  for (let group = from; group < to; group++) {
    const best = chosenOf.get(group);
    for (let j = columnStarts[group] as number; j < (columnStarts[group + 1] as number); j++) {
      if (!best) losses[j] = worst - (reduced[j] as number);
      else if (best.column === j) losses[j] = best.value - Math.max(0, best.second, next);
      else losses[j] = best.value - (reduced[j] as number);
    }
    if (best) taken[best.column] = people;
  }
  return chosen.reduce((sum, { value }) => sum + people * value, 0);
}

function bestOf(columnStarts: Int32Array, group: number, reduced: Float64Array): GroupBest {
  let [column, value, second] = [-1, 0, 0];
  for (let j = columnStarts[group] as number; j < (columnStarts[group + 1] as number); j++) {
    const worth = reduced[j] as number;
    if (worth > value) [column, second, value] = [j, value, worth];
    else if (worth > second) second = worth;
  }
  return { group, column, value, second };
}
