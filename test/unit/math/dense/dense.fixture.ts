import fc from 'fast-check';
import { Matrix } from 'ml-matrix';

/** Sizes below, at and beyond a block, so that every edge of the blocks and tiles is met. */
export const anySize = fc.oneof(fc.integer({ min: 1, max: 10 }), fc.constantFrom(47, 48, 49, 51, 95, 96, 97, 100));

/** Numbers of a fixed sequence, from -1 to 1. */
export function noise(length: number, seed: number): Float64Array {
  let state = seed | 0;
  return Float64Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return state / 2 ** 31;
  });
}

/** A symmetric positive definite matrix by rows: B B' + I for a B of noise. */
export function positiveDefinite(size: number, seed: number): Float64Array {
  const factor = matrixFrom(noise(size * size, seed), size);
  return Float64Array.from(factor.mmul(factor.transpose()).add(Matrix.eye(size)).to1DArray());
}

export function matrixFrom(values: Float64Array, columns: number): Matrix {
  return Matrix.from1DArray(values.length / columns, columns, values);
}

export function furthest(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let furthestApart = actual.length === expected.length ? 0 : Number.POSITIVE_INFINITY;
  for (let p = 0; p < actual.length; p++) {
    furthestApart = Math.max(furthestApart, Math.abs((actual[p] ?? Number.NaN) - (expected[p] ?? Number.NaN)));
  }
  return furthestApart;
}
