import { assertFinite, assertIndices, assertInput } from '../assert.ts';
import type { CsrMatrix, SparseRow } from '../sparse/index.ts';

/** A way to learn from interactions what somebody may want next. Its options are set when it is made. */
export interface Recommender {
  readonly name: string;

  /**
   * Learns from all interactions at once. The same matrix gives the same model to the bit; the order of the users
   * does not matter.
   *
   * @param train Users by items; a value is how much the user wanted the item, and no entry means unknown.
   */
  fit(train: CsrMatrix): RecommenderModel;
}

/** What was learnt. Immutable, knows no users: anybody is scored from a list of what they did, without learning anew. */
export interface RecommenderModel {
  readonly itemCount: number;

  /**
   * How well each item fits somebody with this history; higher is better, and scores of two histories do not compare.
   * All finite. Excludes nothing: items of the history are scored like the others, and leaving them out is the
   * caller's rule. An empty history still gives an order.
   *
   * @param history Distinct items in any order, with the weights that `fit` would see.
   * @param into Written and returned, when many are scored and one array will do.
   * @throws RangeError for an item that is unknown or given twice, a weight that is not finite, or an array `into`
   * whose length is not the number of items.
   */
  score(history: SparseRow, into?: Float64Array): Float64Array;
}

/** The door of every model's `score`. Returns the array to write, all zero. */
export function openScores(model: RecommenderModel, history: SparseRow, into?: Float64Array): Float64Array {
  const { indices, values } = history;
  assertInput(indices.length === values.length, 'a history must have one weight for each item');
  assertIndices('item', indices, model.itemCount);
  assertFinite('weight', values);
  assertInput(new Set(Array.from(indices)).size === indices.length, 'the items of a history must be distinct');
  if (!into) return new Float64Array(model.itemCount);
  assertInput(into.length === model.itemCount, `scores need an array of ${model.itemCount}, not of ${into.length}`);
  return into.fill(0);
}
