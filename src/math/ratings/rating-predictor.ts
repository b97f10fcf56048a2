import { assertFinite, assertIndices, assertInput } from '../assert.ts';
import { type RatingData, type RatingTable, tabulateRatings } from './rating-table.ts';

/** A way to learn from ratings what somebody would give an item. Its options are set when it is made. */
export interface RatingPredictor {
  readonly name: string;

  /**
   * Learns from all ratings at once. The same ratings in any order, with the same seed, give the same model to the bit.
   *
   * @throws RangeError when there is no rating, an index is out of bounds, or a value is not finite.
   */
  fit(ratings: RatingData): RatingModel;

  /** `fit` for who has tabulated the ratings already and joins several models: estimates are not held to the scale. */
  learn(table: RatingTable): RatingKernel;
}

/** Ratings of somebody: item `items[r]` was rated `values[r]`. */
export interface RatingHistory {
  readonly items: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** What a model says of one person. */
export interface RatingTaste {
  /**
   * The rating to expect, held to the scale. An item that is unknown, any whole number outside of those of `fit`, is
   * answered by what is known of the person.
   */
  predict(item: number): number;
}

/** What was learnt. Immutable. */
export interface RatingModel {
  readonly userCount: number;
  readonly itemCount: number;
  /** Lowest and highest rating that was learnt from; no prediction lies outside. */
  readonly scale: { readonly min: number; readonly max: number };

  /** The rating to expect; users and items outside of those of `fit` are answered by what is known of the other. */
  predict(user: number, item: number): number;

  /** One prediction for each pair `users[r]`, `items[r]`. @throws RangeError when lists differ in length. */
  predictMany(users: ArrayLike<number>, items: ArrayLike<number>): Float64Array;

  /**
   * The taste of somebody who was not there when the model learnt, or who has rated more since. The model stays as it
   * is. Without ratings, the same as an unknown user.
   *
   * @throws RangeError for an unknown item, a rating that is not finite, or lists of different lengths.
   */
  foldIn(history: RatingHistory): RatingTaste;
}

/** Stands for any item of which nothing is known. */
export const UNKNOWN_ITEM = -1;

/** The taste of one person as a method estimates it, not held to any scale. */
export interface TasteKernel {
  /** @param item One of `fit`, or `UNKNOWN_ITEM`. */
  estimate(item: number): number;
}

/** What a method has learnt, without the checks at the door. */
export interface RatingKernel {
  /** @param user One of `fit`, perhaps without a rating. */
  known(user: number): TasteKernel;
  /** @param history Checked; may be empty. */
  fold(history: RatingHistory): TasteKernel;
}

export function ratingPredictor(name: string, learn: (table: RatingTable) => RatingKernel): RatingPredictor {
  return {
    name,
    learn,
    fit(ratings) {
      const table = tabulateRatings(ratings);
      return openKernel(learn(table), table);
    },
  };
}

function openKernel(kernel: RatingKernel, { userCount, itemCount, min, max }: RatingTable): RatingModel {
  const stranger = kernel.fold({ items: [], values: [] });
  const tasteOf = (user: number) => (isIndex(user, userCount) ? kernel.known(user) : stranger);
  const rate = (taste: TasteKernel, item: number) => {
    const estimate = taste.estimate(isIndex(item, itemCount) ? item : UNKNOWN_ITEM);
    return Math.min(max, Math.max(min, estimate));
  };
  return {
    userCount,
    itemCount,
    scale: { min, max },
    predict: (user, item) => rate(tasteOf(user), item),
    predictMany(users, items) {
      assertInput(users.length === items.length, 'users and items must have the same length');
      const predictions = new Float64Array(items.length);
      let taste = stranger;
      for (let r = 0; r < items.length; r++) {
        if (r === 0 || users[r] !== users[r - 1]) taste = tasteOf(users[r] as number);
        predictions[r] = rate(taste, items[r] as number);
      }
      return predictions;
    },
    foldIn(history) {
      checkHistory(history, itemCount);
      const taste = kernel.fold(history);
      return { predict: (item) => rate(taste, item) };
    },
  };
}

function isIndex(index: number, count: number): boolean {
  return index >= 0 && index < count;
}

function checkHistory({ items, values }: RatingHistory, itemCount: number): void {
  assertInput(items.length === values.length, 'a history must have one rating for each item');
  assertIndices('item', items, itemCount);
  assertFinite('rating', values);
}
