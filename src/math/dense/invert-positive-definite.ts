import { addProducts, type Window } from './add-products.ts';
import { BLOCK, divideByLower, factorCholesky } from './cholesky.ts';

/**
 * Inverts a symmetric positive definite matrix in place: A = L L', A^-1 = M' M with M = L^-1. Needs no memory beside the
 * matrix but one block of rows, since M' is kept above the diagonal while L is still below it, and the products then
 * take the place of L. n^3 operations in all. The result is symmetric to the bit.
 *
 * @param matrix By rows, size by size; only the lower triangle is read.
 * @returns false when the matrix is not positive definite in double precision; it is spoilt then.
 * @throws RangeError when the length of the array is not the square of the size.
 */
export function invertPositiveDefinite(matrix: Float64Array, size: number): boolean {
  if (!factorCholesky(matrix, size)) return false;
  for (let from = 0; from < size; from += BLOCK) invertRows(matrix, size, from);
  for (let from = 0; from < size; from += BLOCK) multiplyRows(matrix, size, from);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) matrix[j * size + i] = matrix[i * size + j] as number;
  }
  return true;
}

/**
 * One block of rows of M', from M' L' = I: written on and above the diagonal, with zeros below it in its own square. L is
 * read to the right of the block's first column only, so blocks must come from the top.
 */
function invertRows(matrix: Float64Array, size: number, from: number): void {
  const rows = Math.min(BLOCK, size - from);
  const block = new Float64Array(rows * size);
  for (let r = 0; r < rows; r++) block[r * size + from + r] = 1;
  for (let at = from; at < size; at += BLOCK) {
    const width = Math.min(BLOCK, size - at);
    const target: Window = { data: block, start: at, stride: size };
    const solved: Window = { data: block, start: from, stride: size };
    const lower: Window = { data: matrix, start: at * size + from, stride: size };
    addProducts(target, { left: solved, right: lower }, { rows, columns: width, depth: at - from, scale: -1 });
    divideByLower(target, { rows, lower: { ...lower, start: at * size + at }, width });
  }
  for (let r = 0; r < rows; r++) matrix.set(block.subarray(r * size + from, (r + 1) * size), (from + r) * size + from);
}

/** One block of rows of M' M, up to its diagonal. Reads M' from the block's first column on. */
function multiplyRows(matrix: Float64Array, size: number, from: number): void {
  const rows = Math.min(BLOCK, size - from);
  const left: Window = { data: matrix, start: from * size + from, stride: size };
  const depth = size - from;
  for (let at = 0; at < from; at += BLOCK) {
    const target: Window = { data: matrix, start: from * size + at, stride: size };
    fillWindow(target, rows, BLOCK);
    const right: Window = { data: matrix, start: at * size + from, stride: size };
    addProducts(target, { left, right }, { rows, columns: BLOCK, depth, scale: 1 });
  }
  const square = new Float64Array(rows * rows);
  const own: Window = { data: square, start: 0, stride: rows };
  addProducts(own, { left, right: left }, { rows, columns: rows, depth, scale: 1 });
  for (let r = 0; r < rows; r++) matrix.set(square.subarray(r * rows, (r + 1) * rows), (from + r) * size + from);
}

function fillWindow({ data, start, stride }: Window, rows: number, columns: number): void {
  for (let r = 0; r < rows; r++) data.fill(0, start + r * stride, start + r * stride + columns);
}
