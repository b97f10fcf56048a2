import { CsrMatrix } from '../sparse/index.ts';

/** The rows at length 1, so that their dot products are cosines; a row of zeros stays one. */
export function normaliseRows(matrix: CsrMatrix): CsrMatrix {
  const values = matrix.values.slice();
  for (let r = 0; r < matrix.rowCount; r++) {
    const row = values.subarray(matrix.offsets[r], matrix.offsets[r + 1]);
    const norm = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    if (norm > 0) row.set(row.map((value) => value / norm));
  }
  return CsrMatrix.fromParts({ ...matrix, values });
}
