import { columnProduct, type LinearModel } from './linear-model.ts';
import type { UserBlocks } from './plan-model.ts';

/** What one user gets when every send has to pay the prices. */
export interface UserChoice {
  /** Columns, the best first, each to be taken as often as its group allows, the last one perhaps less. */
  readonly columns: Int32Array;
  readonly amounts: Float64Array;
  count: number;
}

/** Room for the choice of any user of these blocks, to be used again and again. */
export function roomForChoice({ groupStarts }: UserBlocks): UserChoice {
  let widest = 0;
  for (let u = 0; u + 1 < groupStarts.length; u++) {
    widest = Math.max(widest, (groupStarts[u + 1] as number) - (groupStarts[u] as number));
  }
  return { columns: new Int32Array(widest), amounts: new Float64Array(widest), count: 0 };
}

/**
 * The best for one user at given prices, kept within the user's cap and once a group: of each group the column of the
 * greatest value left after prices, the groups with the most first. Exact, since the limits of one user are nested
 * (greedy on a laminar family: Edmonds, "Matroids and the greedy algorithm", Mathematical Programming 1, 1971).
 *
 * @param reduced values less prices' A, by column
 * @param choice is written
 * @returns what it is worth at these prices
 */
export function chooseForUser(
  { groupStarts, columnStarts, groupCaps, userCaps }: UserBlocks,
  { user, reduced }: { user: number; reduced: Float64Array },
  choice: UserChoice,
): number {
  const { columns } = choice;
  let count = 0;
  for (let g = groupStarts[user] as number; g < (groupStarts[user + 1] as number); g++) {
    let best = -1;
    let most = 0;
    for (let j = columnStarts[g] as number; j < (columnStarts[g + 1] as number); j++) {
      if ((reduced[j] as number) > most) [best, most] = [j, reduced[j] as number];
    }
    if (best < 0) continue;
    let place = count++;
    while (place > 0 && (reduced[columns[place - 1] as number] as number) < most) {
      columns[place] = columns[place - 1] as number;
      place--;
    }
    columns[place] = best;
  }
  // All groups of a user have one cap: the number of people.
  const each = groupCaps[groupStarts[user] as number] as number;
  let left = userCaps[user] as number;
  let worth = 0;
  let taken = 0;
  for (; taken < count && left > 0; taken++) {
    const amount = Math.min(each, left);
    choice.amounts[taken] = amount;
    left -= amount;
    worth += amount * (reduced[columns[taken] as number] as number);
  }
  choice.count = taken;
  return worth;
}

/** Writes values less prices' A. */
export function writeReducedValues(model: LinearModel, prices: Float64Array, reduced: Float64Array): void {
  for (let j = 0; j < reduced.length; j++) {
    reduced[j] = (model.values[j] as number) - columnProduct(model, j, prices);
  }
}
