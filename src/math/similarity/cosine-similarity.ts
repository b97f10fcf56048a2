import { assertAtLeast, assertFinite, assertWhole } from '../assert.ts';
import type { TopK } from '../selection/top-k.ts';
import type { CsrMatrix } from '../sparse/index.ts';
import { assertBlock, collectLists } from './collect-lists.ts';
import type { NeighbourLists, RowBlock } from './neighbour-lists.ts';
import { RowProducts } from './row-products.ts';
import type { SimilarityMeasure } from './similarity-measure.ts';

export interface CosineOptions {
  /**
   * Added to the denominator, in squared weight. A pair that few have in common is drawn to zero: with weights of 1 and
   * a shrinkage of 5, two items that the same one person chose score 1/6 and not 1.
   */
  readonly shrink: number;
  /** Longest list kept for a row, from 1. */
  readonly neighbourCount: number;
}

/** What a content's published list of neighbours is made with. */
export const DEFAULT_COSINE_OPTIONS: CosineOptions = { shrink: 5, neighbourCount: 100 };

/**
 * Cosine with shrinkage, s(i, j) = x_i . x_j / (|x_i| |x_j| + shrink), in [0, 1]. Symmetric to the bit: both directions
 * add the same products in the same order. Source: Ferrari Dacrema, Boglio, Cremonesi, Jannach, "A Troubling Analysis
 * of Reproducibility and Progress in Recommender Systems Research", TOIS 2021, section on item-based nearest neighbours.
 *
 * A block takes time in the sum, over the entries of its rows, of the length of that entry's column.
 *
 * @throws RangeError for an option out of bounds.
 */
export function cosineSimilarity(options: Partial<CosineOptions> = {}): SimilarityMeasure {
  const checked = checkCosineOptions(options);
  return { name: 'cosine', similarRows: (matrix, block) => similarRows(matrix, block, checked) };
}

/** @throws RangeError for an option out of bounds. */
export function checkCosineOptions(options: Partial<CosineOptions>): CosineOptions {
  const { shrink, neighbourCount } = { ...DEFAULT_COSINE_OPTIONS, ...options };
  assertAtLeast('shrink', shrink, 0);
  assertWhole('neighbourCount', neighbourCount, { min: 1, max: 1_000_000 });
  return { shrink, neighbourCount };
}

function similarRows(matrix: CsrMatrix, block: RowBlock, { shrink, neighbourCount }: CosineOptions): NeighbourLists {
  assertBlock(block, matrix.rowCount);
  const rows = new CosineRows(matrix, shrink);
  return collectLists(block, neighbourCount, (row, best) => rows.offer(row, best));
}

/** The similarities of one row of a matrix at a time. */
export class CosineRows {
  readonly #norms: Float64Array;
  readonly #products: RowProducts;
  readonly #shrink: number;

  /** @param others the matrix, its rows and columns exchanged; or without the entries of rows that are of no interest */
  constructor(matrix: CsrMatrix, shrink: number, others: CsrMatrix = matrix.transpose()) {
    this.#norms = rowNorms(matrix);
    this.#products = new RowProducts(matrix, others);
    this.#shrink = shrink;
  }

  /** Offers all other rows that are like a row at all. */
  offer(row: number, best: TopK): void {
    this.#products.compute(row);
    const { count, columns, values } = this.#products;
    const norms = this.#norms;
    const shrink = this.#shrink;
    const norm = norms[row] as number;
    let { floor } = best;
    for (let p = 0; p < count; p++) {
      const other = columns[p] as number;
      const product = values[p] as number;
      if (product <= 0 || other === row) continue;
      // Rounding may lift the cosine of parallel rows above 1 by one unit in the last place.
      const similarity = Math.min(1, product / (norm * (norms[other] as number) + shrink));
      if (similarity < floor) continue;
      best.offer(other, similarity);
      floor = best.floor;
    }
  }
}

/**
 * The Euclidean norm of each row.
 *
 * @throws RangeError when one is not finite.
 */
export function rowNorms({ rowCount, offsets, values }: CsrMatrix): Float64Array {
  const norms = new Float64Array(rowCount);
  for (let r = 0; r < rowCount; r++) {
    let squares = 0;
    const end = offsets[r + 1] as number;
    for (let e = offsets[r] as number; e < end; e++) squares += (values[e] as number) ** 2;
    norms[r] = Math.sqrt(squares);
  }
  assertFinite('the norm of the row', norms);
  return norms;
}
