import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { addProducts, transposeDense } from '../dense/index.ts';
import { truncatedSvd } from '../factorisation/index.ts';
import type { CsrMatrix } from '../sparse/index.ts';
import { PreferenceSolver } from './preference-solver.ts';

export interface FactorTerms {
  readonly alpha: number;
  readonly regularisation: number;
  readonly frequencyExponent: number;
  readonly steps: number;
}

/** Two sets of factors whose products are the scores, each by rows of `width`. */
export interface FactorPair {
  readonly width: number;
  /** One row for each row of the matrix. */
  readonly rows: Float64Array;
  /** One row for each column of the matrix. */
  readonly columns: Float64Array;
}

/** One side to be solved for while the other is held, in a basis in which the held one's columns are orthogonal. */
export interface HeldFactors {
  readonly held: Float64Array;
  /** The squared length of each column of `held`. */
  readonly spectrum: Float64Array;
  readonly free: Float64Array;
}

/** Where alternating begins: the strongest directions of the matrix itself, so that it favours no row by chance. */
export function spectralFactors(matrix: CsrMatrix, options: { factors: number; seed: number }): FactorPair {
  const { rank, u, s, v } = truncatedSvd(matrix, { rank: options.factors, seed: options.seed, iterations: 2 });
  const scale = s.map(Math.sqrt);
  const scaled = (vectors: Float64Array) => vectors.map((value, p) => value * (scale[p % rank] as number));
  return { width: rank, rows: scaled(u), columns: scaled(v) };
}

/** Rotates both sides alike, which changes none of their products. */
export function holdFactors(held: Float64Array, free: Float64Array, width: number): HeldFactors {
  if (width === 0) return { held, free, spectrum: new Float64Array(0) };
  const gram = new Float64Array(width * width);
  const columns = transposeDense(held, width);
  const length = held.length / width;
  const rows = { data: columns, start: 0, stride: length };
  const size = { rows: width, columns: width, depth: length, scale: 1 };
  addProducts({ data: gram, start: 0, stride: width }, { left: rows, right: rows }, size);
  const eigen = new EigenvalueDecomposition(Matrix.from1DArray(width, width, gram), { assumeSymmetric: true });
  const basis = Float64Array.from(eigen.eigenvectorMatrix.transpose().to1DArray());
  return {
    held: rotate(held, basis, width),
    free: rotate(free, basis, width),
    spectrum: Float64Array.from(eigen.realEigenvalues, (value) => Math.max(0, value)),
  };
}

/**
 * The free factors of some rows, each solved for by itself: any cut into blocks gives the same numbers.
 *
 * @param matrix Rows by the held side. @param block Rows `from` to `to - 1`.
 */
export function solveFactors(
  matrix: CsrMatrix,
  factors: HeldFactors,
  { from, to, terms }: { from: number; to: number; terms: FactorTerms },
): Float64Array {
  const width = factors.spectrum.length;
  const solver = new PreferenceSolver(factors.held, factors.spectrum);
  const solved = factors.free.slice(from * width, to * width);
  for (let r = from; r < to; r++) {
    const row = matrix.row(r);
    const ridge = ridgeOf(row.values, matrix.columnCount, terms);
    solver.solve(row, solved.subarray((r - from) * width, (r - from + 1) * width), { ...terms, ridge });
  }
  return solved;
}

/** The penalty of a row: regularisation times a power of the sum of its confidences, those of what is unknown included. */
export function ridgeOf(values: ArrayLike<number>, count: number, terms: FactorTerms): number {
  let weight = 0;
  for (let e = 0; e < values.length; e++) weight += Math.abs(values[e] as number);
  return terms.regularisation * (count + terms.alpha * weight) ** terms.frequencyExponent;
}

/** @param basis The new axes by rows. */
function rotate(rows: Float64Array, basis: Float64Array, width: number): Float64Array {
  const rotated = new Float64Array(rows.length);
  const [left, right] = [rows, basis].map((data) => ({ data, start: 0, stride: width }));
  if (!left || !right) return rotated;
  const size = { rows: rows.length / width, columns: width, depth: width, scale: 1 };
  addProducts({ data: rotated, start: 0, stride: width }, { left, right }, size);
  return rotated;
}
