import type { RatingHistory } from './rating-predictor.ts';
import type { RatingGroups, RatingTable } from './rating-table.ts';

export interface BiasOptions {
  /** Ratings at the mean that each user is thought to have given besides; at least 0. */
  readonly userShrink: number;
  /** Ratings at the mean that each item is thought to have got besides; at least 0. */
  readonly itemShrink: number;
  /** Rounds of items, then users. */
  readonly rounds: number;
}

/** What of the ratings is habit of a user and renown of an item: rating = mean + users[u] + items[i] + rest. */
export interface RatingBiases {
  readonly mean: number;
  readonly users: Float64Array;
  readonly items: Float64Array;
  /** The bias of somebody with these ratings, while the items stay as they are. */
  userBias(history: RatingHistory): number;
}

/**
 * Biases by alternating least squares: in turn, the bias of each item is sum(r_ui - mean - b_u) / (itemShrink + n_i) over
 * its n_i ratings, and likewise for users. Source: Koren, "Factor in the Neighbors", ACM TKDD 4(1), 2010, section 2.1.
 */
export function learnBiases(table: RatingTable, options: BiasOptions): RatingBiases {
  const { mean, userCount, itemCount, byUser, byItem } = table;
  const { userShrink, itemShrink, rounds } = options;
  const users = new Float64Array(userCount);
  const items = new Float64Array(itemCount);
  for (let round = 0; round < rounds; round++) {
    solveSide({ groups: byItem, target: items, given: users, mean, shrink: itemShrink });
    solveSide({ groups: byUser, target: users, given: items, mean, shrink: userShrink });
  }
  return {
    mean,
    users,
    items,
    userBias({ items: rated, values }) {
      let sum = 0;
      for (let r = 0; r < rated.length; r++) {
        sum += (values[r] as number) - mean - (items[rated[r] as number] as number);
      }
      return rated.length === 0 ? 0 : sum / (userShrink + rated.length);
    },
  };
}

interface Side {
  readonly groups: RatingGroups;
  readonly target: Float64Array;
  readonly given: Float64Array;
  readonly mean: number;
  readonly shrink: number;
}

function solveSide({ groups: { offsets, others, values }, target, given, mean, shrink }: Side): void {
  for (let g = 0; g < target.length; g++) {
    const [from, to] = [offsets[g] as number, offsets[g + 1] as number];
    let sum = 0;
    for (let r = from; r < to; r++) sum += (values[r] as number) - mean - (given[others[r] as number] as number);
    target[g] = to === from ? 0 : sum / (shrink + to - from);
  }
}
