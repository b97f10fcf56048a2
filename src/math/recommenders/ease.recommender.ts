import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { assertInput } from '../assert.ts';
import type { CsrMatrix } from '../sparse/index.ts';
import { openScores, type Recommender, type RecommenderModel } from './recommender.ts';

export interface EaseOptions {
  /** Penalty on the squares of what is learnt, in squared weight of an interaction; finite and above 0. */
  readonly l2: number;
}

/**
 * Chosen on validation splits cut from the training data of two sets: rated films were best from 200 to 500, enrolments
 * in online courses from 750 to 2000, both within two percent of their best here. A larger penalty shows fewer items.
 */
export const DEFAULT_EASE_OPTIONS: EaseOptions = { l2: 500 };

/** Ten thousand items make each dense matrix 800 MB, several of which live at once, and time grows with the cube. */
const MAX_ITEMS = 10_000;

const UNSOLVABLE = 'l2 is so small beside the weights of the interactions that the model cannot be solved for';

/**
 * A linear model from all items to each: the matrix B, items by items, that minimises |X - X B|^2 + l2 |B|^2 with a
 * diagonal of zeros, so that no item explains itself. score(u, j) = sum over i in the history of w_ui B_ij. With
 * P = (X'X + l2 I)^-1, B_ij = -P_ij / P_jj off the diagonal. Weights may be negative, and so may scores. Source: Steck,
 * "Embarrassingly Shallow Autoencoders for Sparse Data", WWW 2019.
 *
 * Fitting takes time in the cube of the number of items and the squares of the lengths of the histories; scoring, in the
 * number of items times the length of the history. Somebody whose history leads nowhere is scored by popularity.
 *
 * @throws RangeError for an option out of bounds; from `fit`, for more than 10,000 items, or when l2 is so small beside
 * the weights that it is lost in double precision.
 */
export function easeRecommender(options: Partial<EaseOptions> = {}): Recommender {
  const { l2 } = { ...DEFAULT_EASE_OPTIONS, ...options };
  assertInput(Number.isFinite(l2) && l2 > 0, `l2 must be finite and above 0, not ${l2}`);
  return {
    name: 'ease',
    fit(train) {
      assertInput(train.columnCount <= MAX_ITEMS, `ease takes at most ${MAX_ITEMS} items, not ${train.columnCount}`);
      return easeModel(itemWeights(penalisedGram(train, l2)), train.columnSums());
    },
  };
}

/** @param weights Row i of B, by rows: what item i in a history adds to each item. */
function easeModel(weights: Float64Array, popularity: Float64Array): RecommenderModel {
  const itemCount = popularity.length;
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

/** X'X + l2 I. Both triangles add the same products in the same order, which makes it symmetric to the bit. */
function penalisedGram(train: CsrMatrix, l2: number): Matrix {
  const gram = Matrix.eye(train.columnCount, train.columnCount, l2);
  for (let r = 0; r < train.rowCount; r++) {
    const { indices, values } = train.row(r);
    for (let a = 0; a < indices.length; a++) {
      const item = indices[a] as number;
      const value = values[a] as number;
      for (let b = 0; b < indices.length; b++) {
        const other = indices[b] as number;
        gram.set(item, other, gram.get(item, other) + value * (values[b] as number));
      }
    }
  }
  return gram;
}

/** B by rows, from the Gram matrix with its penalty. */
function itemWeights(gram: Matrix): Float64Array {
  const itemCount = gram.rows;
  const inverse = invertPositiveDefinite(gram);
  const diagonal = inverse.diagonal();
  const weights = new Float64Array(itemCount * itemCount);
  for (let i = 0; i < itemCount; i++) {
    for (let j = 0; j < itemCount; j++) {
      if (i !== j) weights[i * itemCount + j] = -inverse.get(i, j) / (diagonal[j] as number);
    }
  }
  assertInput(weights.every(Number.isFinite), UNSOLVABLE);
  return weights;
}

/**
 * The inverse of a symmetric positive definite matrix A = L L' as L'^-1 L^-1. It reads rows only and skips the zeros of
 * the triangles, which takes about a seventh of the time of solving A P = I, even by blocks of columns.
 */
function invertPositiveDefinite(matrix: Matrix): Matrix {
  const cholesky = new CholeskyDecomposition(matrix);
  assertInput(cholesky.isPositiveDefinite(), UNSOLVABLE);
  return invertLowerTriangle(cholesky.lowerTriangularMatrix).gram();
}

/** By forward substitution, a row at a time: row k is (e_k - sum over i < k of L_ki row i) / L_kk. */
function invertLowerTriangle(lower: Matrix): Matrix {
  const rows: Float64Array[] = [];
  for (let k = 0; k < lower.rows; k++) {
    const row = new Float64Array(lower.rows);
    rows.forEach((solved, i) => {
      // Row i ends at its own diagonal.
      addScaled(row, solved.subarray(0, i + 1), -lower.get(k, i));
    });
    row[k] = 1;
    const pivot = lower.get(k, k);
    rows.push(row.map((value) => value / pivot));
  }
  return new Matrix(rows);
}

function addScaled(target: Float64Array, row: Float64Array, scale: number): void {
  if (scale === 0) return;
  for (let p = 0; p < row.length; p++) target[p] = (target[p] as number) + scale * (row[p] as number);
}
