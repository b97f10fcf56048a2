import { gramLowerTriangle, invertPositiveDefinite } from '../dense/index.ts';
import type { CsrMatrix } from '../sparse/index.ts';
import { denseItemWeightsModel } from './dense-item-weights.model.ts';
import { assertSolvable, type EaseTerms } from './ease-terms.ts';
import type { RecommenderModel } from './recommender.ts';

/** The weights B itself with their scales, in the place of the matrix that was inverted: scoring adds up some of its rows. */
export function easeByItems(train: CsrMatrix, terms: EaseTerms): RecommenderModel {
  return denseItemWeightsModel(itemWeights(train, terms), train.columnSums());
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
