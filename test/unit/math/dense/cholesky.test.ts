import fc from 'fast-check';
import { CholeskyDecomposition, inverse } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { factorCholesky, invertPositiveDefinite, solveCholesky } from '../../../../src/math/dense/index.ts';
import { anySize, furthest, matrixFrom, noise, positiveDefinite } from './dense.fixture.ts';

const anyCase = fc.record({ size: anySize, seed: fc.integer() });
const RUNS = { numRuns: 60 };

/** The lower triangle of a factor, without what is left above it. */
function lowerOf(matrix: Float64Array, size: number): Float64Array {
  return matrix.map((value, p) => (p % size > Math.floor(p / size) ? 0 : value));
}

describe('the Cholesky factor', () => {
  it('is the one computed by hand', () => {
    const matrix = Float64Array.of(4, Number.NaN, Number.NaN, 12, 37, Number.NaN, -16, -43, 98);
    expect(factorCholesky(matrix, 3)).toBe(true);
    expect([...lowerOf(matrix, 3)]).toEqual([2, 0, 0, 6, 1, 0, -8, 5, 3]);
  });

  it('is that of another implementation, for any size', () => {
    fc.assert(
      fc.property(anyCase, ({ size, seed }) => {
        const matrix = positiveDefinite(size, seed);
        const expected = new CholeskyDecomposition(matrixFrom(matrix, size)).lowerTriangularMatrix.to1DArray();
        expect(factorCholesky(matrix, size)).toBe(true);
        expect(furthest(lowerOf(matrix, size), expected)).toBeLessThan(1e-10);
      }),
      RUNS,
    );
  });

  it('solves for a vector', () => {
    fc.assert(
      fc.property(anyCase, ({ size, seed }) => {
        const matrix = positiveDefinite(size, seed);
        const solution = noise(size, seed + 1);
        const vector = Float64Array.from(matrixFrom(matrix, size).mmul(matrixFrom(solution, 1)).to1DArray());
        factorCholesky(matrix, size);
        solveCholesky(matrix, vector);
        expect(furthest(vector, solution)).toBeLessThan(1e-9);
      }),
      RUNS,
    );
  });

  it('does not exist when a pivot is not positive, also beyond the first block', () => {
    expect(factorCholesky(Float64Array.of(1, 2, 2, 1), 2)).toBe(false);
    expect(factorCholesky(Float64Array.of(Number.NaN), 1)).toBe(false);
    expect(factorCholesky(Float64Array.of(Number.POSITIVE_INFINITY), 1)).toBe(false);
    const matrix = positiveDefinite(60, 1);
    matrix[50 * 60 + 50] = -1;
    expect(factorCholesky(matrix, 60)).toBe(false);
  });

  it('needs a square of numbers', () => {
    expect(() => factorCholesky(new Float64Array(5), 2)).toThrow(RangeError);
    expect(() => solveCholesky(new Float64Array(5), new Float64Array(2))).toThrow(RangeError);
  });
});

describe('the inverse', () => {
  it('is the one computed by hand', () => {
    const matrix = Float64Array.of(2, Number.NaN, 1, 2);
    expect(invertPositiveDefinite(matrix, 2)).toBe(true);
    [2 / 3, -1 / 3, -1 / 3, 2 / 3].forEach((value, p) => {
      expect(matrix[p]).toBeCloseTo(value, 14);
    });
  });

  it('is that of another implementation, for any size', () => {
    fc.assert(
      fc.property(anyCase, ({ size, seed }) => {
        const matrix = positiveDefinite(size, seed);
        const expected = inverse(matrixFrom(matrix, size)).to1DArray();
        expect(invertPositiveDefinite(matrix, size)).toBe(true);
        expect(furthest(matrix, expected)).toBeLessThan(1e-9);
      }),
      RUNS,
    );
  });

  it('is symmetric to the bit, and the same each time', () => {
    const once = positiveDefinite(100, 7);
    const again = once.slice();
    invertPositiveDefinite(once, 100);
    invertPositiveDefinite(again, 100);
    expect(again).toEqual(once);
    expect(once.every((value, p) => value === once[(p % 100) * 100 + Math.floor(p / 100)])).toBe(true);
  });

  it('does not exist for a matrix that is not positive definite', () => {
    expect(invertPositiveDefinite(Float64Array.of(0), 1)).toBe(false);
  });
});
