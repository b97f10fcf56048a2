import { assertFinite, assertInput } from '../assert.ts';
import type { RatingModel } from '../ratings/index.ts';

/** Ratings to predict: user `users[r]` gave item `items[r]` the rating `values[r]`. */
export interface RatingCases {
  /** Numbered as for the model; whoever and whatever it does not know is any other whole number. */
  readonly users: ArrayLike<number>;
  readonly items: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

export interface RatingEvaluation {
  /** Root of the mean squared error, and mean absolute error, over all ratings alike. */
  readonly metrics: { readonly rmse: number; readonly mae: number };
  /** Those who have a rating to predict, in ascending order. */
  readonly users: Int32Array;
  /**
   * One number for each of `users`, for tests of significance. Sums, not means: somebody with ten ratings weighs ten
   * times in the metrics, and so in the sums.
   */
  readonly perUser: {
    readonly ratings: Float64Array;
    readonly squaredError: Float64Array;
    readonly absoluteError: Float64Array;
  };
}

/** @throws RangeError when there is no rating, lists differ in length, or a rating is not finite. */
export function evaluateRatings(model: RatingModel, { users, items, values }: RatingCases): RatingEvaluation {
  assertInput(values.length > 0, 'there must be a rating to predict');
  assertInput(users.length === values.length, 'there must be one user for each rating');
  assertFinite('rating', values);
  const predictions = model.predictMany(users, items);
  const rows = Int32Array.from(new Set(Array.from(users))).sort();
  const rowOf = new Map(Array.from(rows, (user, row) => [user, row] as const));
  const add = (sums: Float64Array, user: number, amount: number) => {
    const row = rowOf.get(user) as number;
    sums[row] = (sums[row] as number) + amount;
  };
  const perUser = {
    ratings: new Float64Array(rows.length),
    squaredError: new Float64Array(rows.length),
    absoluteError: new Float64Array(rows.length),
  };
  let [squares, distances] = [0, 0];
  predictions.forEach((prediction, r) => {
    const user = users[r] as number;
    const error = prediction - (values[r] as number);
    squares += error * error;
    distances += Math.abs(error);
    add(perUser.ratings, user, 1);
    add(perUser.squaredError, user, error * error);
    add(perUser.absoluteError, user, Math.abs(error));
  });
  const metrics = { rmse: Math.sqrt(squares / values.length), mae: distances / values.length };
  return { metrics, users: rows, perUser };
}
