/** Rows and columns exchanged, of a dense matrix by rows. */
export function transposeDense(matrix: Float64Array, columnCount: number): Float64Array {
  const rowCount = matrix.length / columnCount;
  const transposed = new Float64Array(matrix.length);
  for (let i = 0; i < rowCount; i++) {
    for (let j = 0; j < columnCount; j++) transposed[j * rowCount + i] = matrix[i * columnCount + j] as number;
  }
  return transposed;
}
