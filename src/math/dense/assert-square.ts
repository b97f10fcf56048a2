import { assertInput } from '../assert.ts';

/** @throws RangeError when the array cannot hold a matrix of so many rows and columns. */
export function assertSquare(matrix: Float64Array, size: number): void {
  const fits = matrix.length === size * size;
  assertInput(fits, `a matrix of ${size} rows and columns needs ${size * size} numbers, not ${matrix.length}`);
}
