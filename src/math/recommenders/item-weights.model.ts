import { assertInput } from '../assert.ts';
import type { CsrMatrix, SparseRow } from '../sparse/index.ts';
import { openScores, type RecommenderModel } from './recommender.ts';

export interface ItemWeights {
  /** Square; row i holds what item i in a history adds to each item. */
  readonly weights: CsrMatrix;
  /** One number for each item: the scores of somebody whose history leads nowhere. */
  readonly popularity: Float64Array;
  /** What the items of a history weigh, one number for each; without it, what the history says. */
  readonly weighHistory?: ((history: SparseRow) => ArrayLike<number>) | undefined;
}

/**
 * score(u, j) = sum over i in the history of w_ui W_ij: what every model with a sparse matrix of items by items does.
 *
 * @throws RangeError when there is not one popularity for each item.
 */
export function itemWeightsModel({ weights, popularity, weighHistory }: ItemWeights): RecommenderModel {
  const itemCount = weights.rowCount;
  assertInput(popularity.length === itemCount, `there must be a popularity for each of ${itemCount} items`);
  const model: RecommenderModel = {
    itemCount,
    score(history, into) {
      const scores = openScores(model, history, into);
      const weighed = weighHistory?.(history) ?? history.values;
      for (let h = 0; h < history.indices.length; h++) {
        addScaledRow(weights, history.indices[h] as number, { scale: weighed[h] as number, scores });
      }
      // Nothing is known of this person, or only items that nobody else met.
      if (scores.every((score) => score === 0)) scores.set(popularity);
      return scores;
    },
  };
  return model;
}

/** Adds a row of the matrix, times the scale, to the scores. */
export function addScaledRow(matrix: CsrMatrix, row: number, to: { scale: number; scores: Float64Array }): void {
  const { offsets, columns, values } = matrix;
  const { scale, scores } = to;
  const end = offsets[row + 1] as number;
  for (let e = offsets[row] as number; e < end; e++) {
    const column = columns[e] as number;
    scores[column] = (scores[column] as number) + scale * (values[e] as number);
  }
}
