import { assertAtLeast, assertInput } from '../assert.ts';
import { addProducts, gramLowerTriangle, invertPositiveDefinite } from '../dense/index.ts';
import { addScaled, denseItemWeightsModel } from '../recommenders/dense-item-weights.model.ts';
import type { Recommender } from '../recommenders/recommender.ts';
import { cosineSimilarity, neighbourMatrix } from '../similarity/index.ts';
import type { CsrMatrix } from '../sparse/index.ts';

export interface ContentOptions {
  /** Penalty on the squares of what is learnt, beside rows of length about 2; above 0. A larger one trusts text less. */
  readonly ridge: number;
  /** Contents that speak for each content of a history: those most often chosen by the same people, from 1. */
  readonly neighbourCount: number;
  /** Draws to zero what rests on few people, in squared weight; from 0. */
  readonly shrink: number;
}

/** Chosen on contents held out from the known ones of a catalogue of online courses: lists of 500 did worse, a ridge of 2 no better. */
export const DEFAULT_CONTENT_OPTIONS: ContentOptions = { ridge: 4, neighbourCount: 100, shrink: 5 };

/** Several dense matrices of items by items live at once. */
const MAX_ITEMS = 10_000;

/**
 * Contents by what is told of them, so that one that nobody has met finds its people. What people chose says by the
 * shrunk cosine s how much content i of a history speaks for a known content k: y_uk = sum over i of w_ui s(i, k). A kernel
 * ridge regression on likeness, K_kj = f_k . f_j, then tells it of any content j from the known ones:
 *
 *   score(u, j) = sum over known k of y_uk T_kj, with P = (K + ridge I)^-1 over the known contents and
 *   T_kj = sum over l of P_kl K_lj                  for a content that nobody has met,
 *   T_kj = -P_kj / P_jj, T_jj = 0                   for a known one.
 *
 * The second is the first as it would be had nobody met j either (its leave-one-out form; Allen, Technometrics 16(1),
 * 1974): all contents are judged by what is told of them alone, and the scores of known and new ones compare. Users by
 * contents, that is Z = X Y with Y = S T: each content of a history adds its row of Y.
 *
 * Fitting takes time in the cube of the number of contents; scoring, in their number times the length of the history.
 * Somebody whose history leads nowhere is scored by popularity.
 *
 * @param vectors Contents by features, in the order of the items; an empty row where nothing is told.
 * @throws RangeError for an option out of bounds; from `fit`, for more than 10,000 items, when there is not one vector for
 * each, or when the ridge is lost beside the vectors in double precision.
 */
export function contentRecommender(vectors: CsrMatrix, options: Partial<ContentOptions> = {}): Recommender {
  const { ridge, neighbourCount, shrink } = { ...DEFAULT_CONTENT_OPTIONS, ...options };
  assertAtLeast('ridge', ridge, Number.MIN_VALUE);
  const measure = cosineSimilarity({ neighbourCount, shrink });
  return {
    name: 'content',
    fit(train) {
      const itemCount = train.columnCount;
      assertInput(itemCount <= MAX_ITEMS, `content takes at most ${MAX_ITEMS} items, not ${itemCount}`);
      assertInput(vectors.rowCount === itemCount, `there must be a vector for each of ${itemCount} items`);
      const lists = measure.similarRows(train.transpose(), { from: 0, to: itemCount });
      const popularity = train.columnSums();
      const known = Int32Array.from(popularity.keys()).filter((item) => train.transpose().row(item).indices.length > 0);
      const transfer = transferMatrix(gramLowerTriangle(vectors.transpose()), { itemCount, known, ridge });
      // What speaks for a content stands in that content's own list: the lists turned round.
      const profiles = sparseTimesDense(neighbourMatrix(lists).transpose(), transfer);
      return denseItemWeightsModel(profiles, popularity);
    },
  };
}

/** T, items by items, by rows; rows of unknown items are zero. @param likeness K, its lower triangle */
function transferMatrix(
  likeness: Float64Array,
  { itemCount, known, ridge }: { itemCount: number; known: Int32Array; ridge: number },
): Float64Array {
  const size = known.length;
  const like = (one: number, other: number) =>
    likeness[Math.max(one, other) * itemCount + Math.min(one, other)] as number;
  const inverse = new Float64Array(size * size);
  known.forEach((item, row) => {
    for (let column = 0; column <= row; column++) inverse[row * size + column] = like(item, known[column] as number);
    inverse[row * size + row] = (inverse[row * size + row] as number) + ridge;
  });
  assertInput(invertPositiveDefinite(inverse, size), 'ridge is too small beside the vectors');
  const transfer = new Float64Array(itemCount * itemCount);
  known.forEach((item, column) => {
    const pivot = inverse[column * size + column] as number;
    for (let row = 0; row < size; row++) {
      if (row === column) continue;
      transfer[(known[row] as number) * itemCount + item] = -(inverse[row * size + column] as number) / pivot;
    }
  });
  const isKnown = new Set(known);
  for (let item = 0; item < itemCount; item++) {
    if (isKnown.has(item)) continue;
    const column = Float64Array.from(known, (one) => like(one, item));
    const told = timesVector(inverse, column);
    known.forEach((one, row) => {
      transfer[one * itemCount + item] = told[row] as number;
    });
  }
  return transfer;
}

function timesVector(matrix: Float64Array, vector: Float64Array): Float64Array {
  const size = vector.length;
  const product = new Float64Array(size);
  const left = { data: matrix, start: 0, stride: size };
  const right = { data: vector, start: 0, stride: size };
  addProducts(
    { data: product, start: 0, stride: 1 },
    { left, right },
    { rows: size, columns: 1, depth: size, scale: 1 },
  );
  return product;
}

/** @param dense Square, by rows */
function sparseTimesDense(sparse: CsrMatrix, dense: Float64Array): Float64Array {
  const size = sparse.rowCount;
  const product = new Float64Array(size * size);
  for (let r = 0; r < size; r++) {
    const sum = product.subarray(r * size, (r + 1) * size);
    const { indices, values } = sparse.row(r);
    for (let e = 0; e < indices.length; e++) {
      const start = (indices[e] as number) * size;
      addScaled(sum, dense.subarray(start, start + size), values[e] as number);
    }
  }
  return product;
}
