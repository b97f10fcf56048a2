import { assertAtLeast, assertFinite, assertInput, assertWhole } from '../assert.ts';
import { CsrMatrix } from '../sparse/index.ts';
import { assertBlock, collectLists } from './collect-lists.ts';
import type { NeighbourLists, RowBlock } from './neighbour-lists.ts';
import { RowProducts } from './row-products.ts';
import type { SimilarityMeasure } from './similarity-measure.ts';

export interface WalkOptions {
  /** Power of both steps' probabilities, from 0. Below 1 it lifts what a walk seldom reaches. */
  readonly alpha: number;
  /** Power of the number of entries of the reached row that divides its probability, from 0; 0 leaves it alone. */
  readonly beta: number;
  /** Longest list kept for a row, from 1. */
  readonly neighbourCount: number;
}

/**
 * How likely a walk from one row over one of its columns to another row is: it leaves row i for any of its d_i columns,
 * and column u for row j in proportion to the weight x_ju, each step to the power of alpha:
 *
 * s(i, j) = sum over u in i of (1 / d_i)^alpha (x_ju / sum over r of x_ru)^alpha / d_j^beta
 *
 * Not symmetric. Of the order of 1, but above it for small powers. Sources: Cooper, Lee, Radzik, Siantos, "Random walks in
 * recommender systems: exact computation and simulations", WWW 2014 (P3alpha, beta 0); Paudel, Christoffel, Newell,
 * Bernstein, "Updatable, accurate, diverse, and scalable recommendations for interactive applications", ACM TiiS 7(1),
 * 2017 (RP3beta). The first step does not see the weights, as in Ferrari Dacrema et al., TOIS 2021.
 *
 * A block takes time in the sum, over the entries of its rows, of the length of that entry's column.
 *
 * @throws RangeError for an option out of bounds, and from `similarRows` for a negative weight.
 */
export function walkSimilarity({ alpha, beta, neighbourCount }: WalkOptions): SimilarityMeasure {
  assertAtLeast('alpha', alpha, 0);
  assertAtLeast('beta', beta, 0);
  assertWhole('neighbourCount', neighbourCount, { min: 1, max: 1_000_000 });
  return { name: 'walk', similarRows: (matrix, block) => walkRows(matrix, block, { alpha, beta, neighbourCount }) };
}

function walkRows(matrix: CsrMatrix, block: RowBlock, { alpha, beta, neighbourCount }: WalkOptions): NeighbourLists {
  assertBlock(block, matrix.rowCount);
  const steps = new RowProducts(onesOf(matrix), stepProbabilities(matrix.transpose(), alpha));
  const degrees = Float64Array.from(
    { length: matrix.rowCount },
    (_, row) => (matrix.offsets[row + 1] as number) - (matrix.offsets[row] as number),
  );
  const penalties = degrees.map((degree) => Math.max(1, degree) ** -beta);
  return collectLists(block, neighbourCount, (row, best) => {
    steps.compute(row);
    const { count, columns, values } = steps;
    const leaving = (degrees[row] as number) ** -alpha;
    for (let p = 0; p < count; p++) {
      const other = columns[p] as number;
      if (other === row) continue;
      const similarity = leaving * (values[p] as number) * (penalties[other] as number);
      // Large powers may leave nothing that a number can hold.
      if (similarity > 0 && similarity >= best.floor) best.offer(other, similarity);
    }
  });
}

/** The same places, each holding 1. */
function onesOf(matrix: CsrMatrix): CsrMatrix {
  if (matrix.isBinary) return matrix;
  return CsrMatrix.fromParts({ ...matrix, values: new Float64Array(matrix.entryCount).fill(1) });
}

/** Each row in proportion to its sum, to the power of alpha; a row that sums to zero leads nowhere. */
function stepProbabilities(matrix: CsrMatrix, alpha: number): CsrMatrix {
  const values = new Float64Array(matrix.entryCount);
  for (let row = 0; row < matrix.rowCount; row++) {
    const from = matrix.offsets[row] as number;
    const to = matrix.offsets[row + 1] as number;
    let sum = 0;
    for (let e = from; e < to; e++) {
      assertInput((matrix.values[e] as number) >= 0, 'a walk must not have negative weights');
      sum += matrix.values[e] as number;
    }
    for (let e = from; e < to; e++) values[e] = sum > 0 ? ((matrix.values[e] as number) / sum) ** alpha : 0;
  }
  assertFinite('the probability of the step', values);
  return CsrMatrix.fromParts({ ...matrix, values });
}
