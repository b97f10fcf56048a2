import type { CsrMatrix } from '../sparse/index.ts';

/** A X by rows, for a dense X of `width` columns by rows. Rows are added whole, so that memory is read in order. */
export function timesDense(matrix: CsrMatrix, dense: Float64Array, width: number): Float64Array {
  const { rowCount, offsets, columns, values } = matrix;
  const product = new Float64Array(rowCount * width);
  for (let r = 0; r < rowCount; r++) {
    const at = r * width;
    const end = offsets[r + 1] as number;
    for (let e = offsets[r] as number; e < end; e++) {
      const value = values[e] as number;
      const from = (columns[e] as number) * width;
      for (let k = 0; k < width; k++)
        product[at + k] = (product[at + k] as number) + value * (dense[from + k] as number);
    }
  }
  return product;
}
