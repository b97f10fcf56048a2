import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { assertFinite, assertWhole } from '../assert.ts';
import { addProducts, transposeDense } from '../dense/index.ts';
import type { CsrMatrix } from '../sparse/index.ts';
import { orthonormaliseRows } from './orthonormal-rows.ts';
import { timesDense } from './sparse-products.ts';

export interface TruncatedSvdOptions {
  /** Singular values wanted, from 1 to 5,000. */
  readonly rank: number;
  /** Directions followed beside those wanted, from 0; ten are usual. They make the last ones wanted more exact. */
  readonly oversampling: number;
  /** Times that the matrix and its transpose are applied, from 0 to 100. Each sharpens what stands out little. */
  readonly iterations: number;
  /** Of the directions to begin with; any 32-bit integer. */
  readonly seed: number;
}

export const DEFAULT_SVD_OPTIONS: Omit<TruncatedSvdOptions, 'rank'> = { oversampling: 10, iterations: 4, seed: 1 };

/** A is about u diag(s) v', where the columns of u and of v are orthonormal. */
export interface TruncatedSvd {
  /** Singular values found: fewer than wanted when the matrix has a smaller rank. */
  readonly rank: number;
  /** Rows of A by rank, by rows. */
  readonly u: Float64Array;
  /** The singular values, falling, all above 0. */
  readonly s: Float64Array;
  /** Columns of A by rank, by rows. */
  readonly v: Float64Array;
}

/** Below this share of the largest, a singular value is rounding. */
const NOTHING = 1e-12;

/**
 * The largest singular values of a sparse matrix and their vectors, by subspace iteration from random directions. Where
 * singular values lie far apart they are exact to rounding; in a long even tail they are near it. Signs are fixed: in
 * each column of v, the number farthest from zero is positive (the first of equals). Source: Halko, Martinsson, Tropp,
 * "Finding structure with randomness", SIAM Review 53(2), 2011, algorithms 4.4 and 5.1.
 *
 * Time grows with iterations * width * (entries + width * the shorter side), memory with width * (rows + columns), where
 * width is rank + oversampling.
 *
 * @throws RangeError for an option out of bounds, or when products overflow.
 */
export function truncatedSvd(
  matrix: CsrMatrix,
  options: Partial<TruncatedSvdOptions> & { readonly rank: number },
): TruncatedSvd {
  const { rank, oversampling, iterations, seed } = { ...DEFAULT_SVD_OPTIONS, ...options };
  assertWhole('rank', rank, { min: 1, max: 5_000 });
  assertWhole('oversampling', oversampling, { min: 0, max: 5_000 });
  assertWhole('iterations', iterations, { min: 0, max: 100 });
  assertWhole('seed', seed, { min: -(2 ** 31), max: 2 ** 32 - 1 });
  // The side that is made orthonormal again and again should be the shorter one.
  const wide = matrix.columnCount > matrix.rowCount;
  const tall = wide ? matrix.transpose() : matrix;
  const width = Math.min(tall.columnCount, rank + oversampling);
  const found = factorTall(tall, { rank, width, iterations, seed });
  return fixSigns(wide ? { ...found, u: found.v, v: found.u } : found);
}

function factorTall(
  tall: CsrMatrix,
  { rank, width, iterations, seed }: { rank: number; width: number; iterations: number; seed: number },
): TruncatedSvd {
  const { rowCount, columnCount } = tall;
  if (width === 0) return { rank: 0, u: new Float64Array(0), s: new Float64Array(0), v: new Float64Array(0) };
  let right = orthonormalColumns(randomNumbers(columnCount * width, seed), width);
  for (let i = 0; i < iterations; i++) {
    const image = timesDense(tall, right, width);
    right = orthonormalColumns(timesDense(tall.transpose(), image, width), width);
  }
  const image = transposeDense(timesDense(tall, right, width), width);
  assertFinite('product', image);
  const left = image.slice();
  orthonormaliseRows(left, rowCount);
  // A is about left' core right', with a core of width by width that ml-matrix can take apart.
  const core = new Float64Array(width * width);
  const rows = { start: 0, stride: rowCount };
  addProducts(
    { data: core, start: 0, stride: width },
    { left: { ...rows, data: left }, right: { ...rows, data: image } },
    { rows: width, columns: width, depth: rowCount, scale: 1 },
  );
  const svd = new SingularValueDecomposition(Matrix.from1DArray(width, width, core));
  const s = Float64Array.from(svd.diagonal.slice(0, rank)).filter((value) => value > NOTHING * (svd.diagonal[0] ?? 0));
  return {
    rank: s.length,
    u: combine(transposeDense(left, rowCount), svd.leftSingularVectors, s.length),
    s,
    v: combine(right, svd.rightSingularVectors, s.length),
  };
}

function orthonormalColumns(matrix: Float64Array, width: number): Float64Array {
  assertFinite('product', matrix);
  const rows = transposeDense(matrix, width);
  const length = matrix.length / width;
  orthonormaliseRows(rows, length);
  return transposeDense(rows, length);
}

/** basis * the first columns of weights. */
function combine(basis: Float64Array, weights: Matrix, count: number): Float64Array {
  const width = weights.rows;
  const rowCount = basis.length / width;
  const factors = Float64Array.from(weights.transpose().to1DArray());
  const result = new Float64Array(rowCount * count);
  const stride = width;
  addProducts(
    { data: result, start: 0, stride: count },
    { left: { data: basis, start: 0, stride }, right: { data: factors, start: 0, stride } },
    { rows: rowCount, columns: count, depth: width, scale: 1 },
  );
  return result;
}

function randomNumbers(count: number, seed: number): Float64Array {
  const generator = xoroshiro128plus(seed);
  return Float64Array.from({ length: count }, () => 2 * uniformFloat64(generator) - 1);
}

function fixSigns(svd: TruncatedSvd): TruncatedSvd {
  const { rank, u, v } = svd;
  for (let k = 0; k < rank; k++) {
    let farthest = 0;
    for (let p = k; p < v.length; p += rank)
      if (Math.abs(v[p] as number) > Math.abs(farthest)) farthest = v[p] as number;
    if (farthest >= 0) continue;
    for (let p = k; p < v.length; p += rank) v[p] = -(v[p] as number);
    for (let p = k; p < u.length; p += rank) u[p] = -(u[p] as number);
  }
  return svd;
}
