import type { CsrMatrix } from '../sparse/index.ts';

/**
 * The lower triangle of X'X for a sparse X, columns by columns, by rows; above the diagonal there are zeros. A row of the
 * result is added up at a time, so that it stays near the processor. Time grows with the sum of the squares of the
 * lengths of the rows of X.
 */
export function gramLowerTriangle(matrix: CsrMatrix): Float64Array {
  const { columnCount: size, offsets, columns, values } = matrix;
  const { offsets: starts, columns: rows, values: weights } = matrix.transpose();
  const gram = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const sums = gram.subarray(i * size, i * size + i + 1);
    for (let t = starts[i] as number; t < (starts[i + 1] as number); t++) {
      const weight = weights[t] as number;
      const row = rows[t] as number;
      const end = offsets[row + 1] as number;
      for (let e = offsets[row] as number; e < end; e++) {
        const j = columns[e] as number;
        if (j > i) break;
        sums[j] = (sums[j] as number) + weight * (values[e] as number);
      }
    }
  }
  return gram;
}
