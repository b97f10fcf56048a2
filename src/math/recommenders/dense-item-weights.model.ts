import { openScores, type RecommenderModel } from './recommender.ts';

/**
 * score(u, j) = sum over i in the history of w_ui W_ij: what every model with a dense matrix of items by items does.
 * Somebody whose history leads nowhere is scored by popularity.
 *
 * @param weights W by rows: row i is what item i in a history adds to each item.
 * @param popularity One number for each item.
 */
export function denseItemWeightsModel(weights: Float64Array, popularity: Float64Array): RecommenderModel {
  const itemCount = popularity.length;
  const model: RecommenderModel = {
    itemCount,
    score(history, into) {
      const scores = openScores(model, history, into);
      for (let h = 0; h < history.indices.length; h++) {
        const start = (history.indices[h] as number) * itemCount;
        addScaled(scores, weights.subarray(start, start + itemCount), history.values[h] as number);
      }
      // Nothing is known of this person, or only items that say nothing of others.
      if (scores.every((score) => score === 0)) scores.set(popularity);
      return scores;
    },
  };
  return model;
}

/** Adds the row, times the scale, to the target of the same length. */
export function addScaled(target: Float64Array, row: Float64Array, scale: number): void {
  if (scale === 0) return;
  for (let p = 0; p < row.length; p++) target[p] = (target[p] as number) + scale * (row[p] as number);
}
