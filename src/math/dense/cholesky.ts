import { addProducts, type Window } from './add-products.ts';
import { assertSquare } from './assert-square.ts';

/** Rows of a block: 48 rows of 240 numbers fit the second cache of a processor twice. A multiple of the tile. */
export const BLOCK = 48;

/**
 * Factors a symmetric positive definite matrix A = L L' in place: the lower triangle becomes L. Of A only the lower
 * triangle is read; what stands above the diagonal afterwards has no meaning. By blocks of columns, each brought up to
 * date with those before it at once (left-looking), n^3 / 3 operations. Source: Golub and Van Loan, "Matrix
 * Computations", 4th edition, 4.2.
 *
 * @param matrix By rows, size by size.
 * @returns false when the matrix is not positive definite in double precision; it is spoilt then.
 * @throws RangeError when the length of the array is not the square of the size.
 */
export function factorCholesky(matrix: Float64Array, size: number): boolean {
  assertSquare(matrix, size);
  for (let from = 0; from < size; from += BLOCK) {
    const width = Math.min(BLOCK, size - from);
    const rows: Window = { data: matrix, start: from * size, stride: size };
    const panel: Window = { ...rows, start: from * size + from };
    addProducts(panel, { left: rows, right: rows }, { rows: size - from, columns: width, depth: from, scale: -1 });
    if (!factorBlock(panel, width)) return false;
    const below = { ...panel, start: panel.start + width * size };
    divideByLower(below, { rows: size - from - width, lower: panel, width });
  }
  return true;
}

/**
 * Solves L L' x = b in place, where L is the lower triangle that `factorCholesky` left.
 *
 * @param vector b before, x afterwards.
 */
export function solveCholesky(lower: Float64Array, vector: Float64Array): void {
  const size = vector.length;
  assertSquare(lower, size);
  for (let i = 0; i < size; i++) {
    let sum = vector[i] as number;
    for (let k = 0; k < i; k++) sum -= (lower[i * size + k] as number) * (vector[k] as number);
    vector[i] = sum / (lower[i * size + i] as number);
  }
  for (let i = size - 1; i >= 0; i--) {
    const solved = (vector[i] as number) / (lower[i * size + i] as number);
    vector[i] = solved;
    // Along the row of L, which is the column of L'.
    for (let k = 0; k < i; k++) vector[k] = (vector[k] as number) - solved * (lower[i * size + k] as number);
  }
}

function factorBlock({ data, start, stride }: Window, width: number): boolean {
  for (let i = 0; i < width; i++) {
    const row = start + i * stride;
    for (let j = 0; j <= i; j++) {
      const other = start + j * stride;
      let sum = data[row + j] as number;
      for (let k = 0; k < j; k++) sum -= (data[row + k] as number) * (data[other + k] as number);
      if (j < i) data[row + j] = sum / (data[other + j] as number);
      else if (sum > 0 && sum < Number.POSITIVE_INFINITY) data[row + i] = Math.sqrt(sum);
      else return false;
    }
  }
  return true;
}

/** X L' = B by rows, in place: B is a window of some rows, as wide as the lower triangle L. */
export function divideByLower(
  target: Window,
  { rows, lower, width }: { rows: number; lower: Window; width: number },
): void {
  const x = target.data;
  const l = lower.data;
  for (let i = 0; i < rows; i++) {
    const row = target.start + i * target.stride;
    for (let j = 0; j < width; j++) {
      const divisor = lower.start + j * lower.stride;
      let sum = x[row + j] as number;
      for (let k = 0; k < j; k++) sum -= (x[row + k] as number) * (l[divisor + k] as number);
      x[row + j] = sum / (l[divisor + j] as number);
    }
  }
}
