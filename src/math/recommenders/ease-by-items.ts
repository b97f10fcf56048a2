import { gramLowerTriangle, invertPositiveDefinite } from '../dense/index.ts';
import type { CsrMatrix } from '../sparse/index.ts';
import { assertSolvable, type EaseTerms } from './ease-terms.ts';
import { openScores, type RecommenderModel } from './recommender.ts';

/** The weights B itself with their scales, in the place of the matrix that was inverted: scoring adds up some of its rows. */
export function easeByItems(train: CsrMatrix, terms: EaseTerms): RecommenderModel {
  const weights = itemWeights(train, terms);
  const itemCount = train.columnCount;
  const popularity = train.columnSums();
  const model: RecommenderModel = {
    itemCount,
    score(history, into) {
      const scores = openScores(model, history, into);
      for (let h = 0; h < history.indices.length; h++) {
        const start = (history.indices[h] as number) * itemCount;
        addScaled(scores, weights.subarray(start, start + itemCount), history.values[h] as number);
      }
      // Nothing is known of this person, or only items that nobody else met.
      if (scores.every((score) => score === 0)) scores.set(popularity);
      return scores;
    },
  };
  return model;
}

/** B by rows: row i is what item i in a history adds to each item. */
function itemWeights(train: CsrMatrix, { penalties, scales }: EaseTerms): Float64Array {
  const size = train.columnCount;
  const matrix = gramLowerTriangle(train);
  for (let i = 0; i < size; i++) {
    matrix[i * size + i] = (matrix[i * size + i] as number) + (penalties[i] as number);
  }
  assertSolvable(invertPositiveDefinite(matrix, size));
  const factors = scales.map((scale, i) => -scale / (matrix[i * size + i] as number));
  for (let i = 0; i < size; i++) {
    const row = matrix.subarray(i * size, (i + 1) * size);
    for (let j = 0; j < size; j++) row[j] = (row[j] as number) * (factors[j] as number);
    row[i] = 0;
  }
  assertSolvable(matrix.every(Number.isFinite));
  return matrix;
}

function addScaled(target: Float64Array, row: Float64Array, scale: number): void {
  if (scale === 0) return;
  for (let p = 0; p < row.length; p++) target[p] = (target[p] as number) + scale * (row[p] as number);
}
