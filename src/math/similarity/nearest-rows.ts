import { assertInput, assertWhole } from '../assert.ts';
import type { CsrMatrix } from '../sparse/index.ts';
import { collectLists } from './collect-lists.ts';
import { rowNorms } from './cosine-similarity.ts';
import type { NeighbourLists } from './neighbour-lists.ts';
import { RowProducts } from './row-products.ts';

/**
 * The rows of a matrix most like each of some others, by cosine in (0, 1], best first, equal ones in the order of their
 * index. As `cosineSimilarity` without shrinkage, but for rows that need not be of the matrix, and may be.
 *
 * @param queries With the columns of the matrix.
 * @returns A list for each query; the neighbours are rows of the matrix.
 * @throws RangeError when the columns differ, or `neighbourCount` is no whole number from 1.
 */
export function nearestRows(matrix: CsrMatrix, queries: CsrMatrix, neighbourCount: number): NeighbourLists {
  assertInput(queries.columnCount === matrix.columnCount, 'queries must have the columns of the matrix');
  assertWhole('neighbourCount', neighbourCount, { min: 1, max: 1_000_000 });
  const norms = rowNorms(matrix);
  const queryNorms = rowNorms(queries);
  const products = new RowProducts(queries, matrix.transpose());
  return collectLists({ from: 0, to: queries.rowCount }, neighbourCount, (query, best) => {
    products.compute(query);
    const { count, columns, values } = products;
    for (let p = 0; p < count; p++) {
      const row = columns[p] as number;
      const product = values[p] as number;
      if (product > 0) best.offer(row, Math.min(1, product / ((queryNorms[query] as number) * (norms[row] as number))));
    }
  });
}
