import { gramLowerTriangle, invertPositiveDefinite } from '../dense/index.ts';
import { CsrMatrix, type SparseRow } from '../sparse/index.ts';
import { assertSolvable, type EaseTerms } from './ease-terms.ts';
import { openScores, type RecommenderModel } from './recommender.ts';

/** What is zero in exact arithmetic comes out as some 1e-16 of the history's weight here. */
const ROUNDING = 1e-12;

/**
 * The same model without a matrix of items by items: with Y = X S^-1 and K = (I + Y Y')^-1, users by users,
 * P = S^-1 (I - Y' K Y) S^-1 (Sherman, Morrison, Woodbury). For a history h and w = Y' K Y S^-1 h,
 * score_j = (S_j w_j - q_j h_j) / (1 - q_j), where q_j = y_j' K y_j is how well item j is explained with its own help.
 */
export function easeByUsers(train: CsrMatrix, { penalties, scales }: EaseTerms): RecommenderModel {
  // S, the roots of what is added to the diagonal of X'X.
  const roots = penalties.map(Math.sqrt);
  const scaled = divideColumns(train, roots);
  const inverse = userInverse(scaled);
  const explained = columnForms(scaled, inverse);
  const popularity = train.columnSums();
  const model: RecommenderModel = {
    itemCount: train.columnCount,
    score(history, into) {
      const scores = openScores(model, history, into);
      const likeness = userProducts(scaled, history, roots);
      addRows(scaled, times(inverse, likeness), scores);
      for (let j = 0; j < scores.length; j++) scores[j] = (scores[j] as number) * (roots[j] as number);
      let weight = 0;
      for (let h = 0; h < history.indices.length; h++) {
        const [item, value] = [history.indices[h] as number, history.values[h] as number];
        scores[item] = (scores[item] as number) - (explained[item] as number) * value;
        weight += Math.abs(value);
      }
      let known = false;
      for (let j = 0; j < scores.length; j++) {
        const score = (scores[j] as number) / (1 - (explained[j] as number));
        scores[j] = Math.abs(score) > ROUNDING * weight ? score * (scales[j] as number) : 0;
        known ||= scores[j] !== 0;
      }
      // Nothing is known of this person, or only items that nobody else met.
      if (!known) scores.set(popularity);
      return scores;
    },
  };
  return model;
}

function divideColumns(matrix: CsrMatrix, divisors: Float64Array): CsrMatrix {
  const values = matrix.values.map((value, e) => value / (divisors[matrix.columns[e] as number] as number));
  return CsrMatrix.fromParts({
    rowCount: matrix.rowCount,
    columnCount: matrix.columnCount,
    offsets: matrix.offsets,
    columns: matrix.columns,
    values,
  });
}

function userInverse(scaled: CsrMatrix): Float64Array {
  const size = scaled.rowCount;
  const inverse = gramLowerTriangle(scaled.transpose());
  for (let u = 0; u < size; u++) inverse[u * size + u] = (inverse[u * size + u] as number) + 1;
  assertSolvable(invertPositiveDefinite(inverse, size));
  return inverse;
}

/** y_j' K y_j for each column j; from 0 to below 1. */
function columnForms(scaled: CsrMatrix, inverse: Float64Array): Float64Array {
  const byItem = scaled.transpose();
  const size = scaled.rowCount;
  const forms = new Float64Array(byItem.rowCount);
  for (let item = 0; item < forms.length; item++) {
    const { indices, values } = byItem.row(item);
    let form = 0;
    for (let a = 0; a < indices.length; a++) {
      const row = (indices[a] as number) * size;
      let sum = 0;
      for (let b = 0; b < indices.length; b++) {
        sum += (inverse[row + (indices[b] as number)] as number) * (values[b] as number);
      }
      form += (values[a] as number) * sum;
    }
    assertSolvable(1 - form > ROUNDING);
    forms[item] = form;
  }
  return forms;
}

/** Y S^-1 h: how much each user shares with the history. */
function userProducts(scaled: CsrMatrix, history: SparseRow, roots: Float64Array): Float64Array {
  const byItem = scaled.transpose();
  const products = new Float64Array(scaled.rowCount);
  for (let h = 0; h < history.indices.length; h++) {
    const item = history.indices[h] as number;
    const weight = (history.values[h] as number) / (roots[item] as number);
    const end = byItem.offsets[item + 1] as number;
    for (let e = byItem.offsets[item] as number; e < end; e++) {
      const user = byItem.columns[e] as number;
      products[user] = (products[user] as number) + weight * (byItem.values[e] as number);
    }
  }
  return products;
}

/** A symmetric matrix times a vector of which much may be zero. */
function times(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  const result = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const factor = vector[i] as number;
    if (factor === 0) continue;
    const row = i * size;
    for (let j = 0; j < size; j++) result[j] = (result[j] as number) + factor * (matrix[row + j] as number);
  }
  return result;
}

function addRows({ rowCount, offsets, columns, values }: CsrMatrix, factors: Float64Array, sums: Float64Array): void {
  for (let r = 0; r < rowCount; r++) {
    const factor = factors[r] as number;
    for (let e = offsets[r] as number; e < (offsets[r + 1] as number); e++) {
      const column = columns[e] as number;
      sums[column] = (sums[column] as number) + factor * (values[e] as number);
    }
  }
}
