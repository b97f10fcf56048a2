import fc from 'fast-check';
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { truncatedSvd } from '../../../../src/math/factorisation/index.ts';
import { anyRows, matrixOf } from '../../../support/sparse-matrices.ts';
import { furthest, matrixFrom, noise } from '../dense/dense.fixture.ts';

const anyMatrix = anyRows({ min: -9, minRows: 1 });
const RUNS = { numRuns: 200 };

describe('the truncated singular value decomposition', () => {
  it('is the one computed by hand, with its signs', () => {
    // A' A = [[25, -20], [-20, 25]] has the eigenvalues 45 and 5, along (1, -1) and (1, 1).
    const { rank, u, s, v } = truncatedSvd(
      matrixOf([
        [4, -5],
        [-3, 0],
      ]),
      { rank: 2 },
    );
    expect(rank).toBe(2);
    [Math.sqrt(45), Math.sqrt(5)].forEach((value, k) => {
      expect(s[k]).toBeCloseTo(value, 12);
    });
    const h = Math.SQRT1_2;
    expect(Math.abs(v[0] ?? 0)).toBeCloseTo(h, 12);
    expect((v[0] ?? 0) * (v[2] ?? 0)).toBeCloseTo(-0.5, 12);
    expect(v[1]).toBeCloseTo(h, 12);
    expect(v[3]).toBeCloseTo(h, 12);
    expect(Math.abs(u[0] ?? 0)).toBeCloseTo((9 * h) / Math.sqrt(45), 12);
  });

  it('has the singular values of another implementation and rebuilds the matrix, when nothing is cut off', () => {
    fc.assert(
      fc.property(anyMatrix, fc.integer(), (rows, seed) => {
        const dense = new Matrix(rows.map((row) => [...row]));
        const { rank, u, s, v } = truncatedSvd(matrixOf(rows), { rank: 8, seed });
        const expected = new SingularValueDecomposition(dense, { autoTranspose: true });
        expect(rank).toBe(expected.rank);
        expect(furthest(s, expected.diagonal.slice(0, rank))).toBeLessThan(1e-9);
        if (rank === 0) return;
        const rebuilt = matrixFrom(u, rank)
          .mmul(Matrix.diag([...s]))
          .mmul(matrixFrom(v, rank).transpose());
        expect(furthest(rebuilt.to1DArray(), dense.to1DArray())).toBeLessThan(1e-9);
        for (const vectors of [matrixFrom(u, rank), matrixFrom(v, rank)]) {
          const products = vectors.transpose().mmul(vectors);
          expect(furthest(products.to1DArray(), Matrix.eye(rank).to1DArray())).toBeLessThan(1e-9);
        }
      }),
      RUNS,
    );
  });

  it('finds the largest of many, in matrices that are wide and in those that are tall', () => {
    // Singular values near 1000 / k^2: clear at the head, close together at the tail.
    const size = 60;
    const left = new SingularValueDecomposition(matrixFrom(noise(80 * size, 1), size)).leftSingularVectors;
    const right = new SingularValueDecomposition(matrixFrom(noise(size * size, 2), size)).leftSingularVectors;
    const values = Array.from({ length: size }, (_, k) => 1_000 / (k + 1) ** 2);
    const tall = left.mmul(Matrix.diag(values)).mmul(right.transpose());
    for (const dense of [tall, tall.transpose()]) {
      const { s } = truncatedSvd(matrixOf(dense.to2DArray()), { rank: 5, seed: 3 });
      expect(furthest(s, values.slice(0, 5))).toBeLessThan(1e-6);
    }
  });

  it('makes the number farthest from zero positive in each column of v, whatever the seed', () => {
    fc.assert(
      fc.property(anyMatrix, fc.integer(), (rows, seed) => {
        const { rank, v } = truncatedSvd(matrixOf(rows), { rank: 3, seed });
        for (let k = 0; k < rank; k++) {
          const column = v.filter((_, p) => p % rank === k);
          const farthest = column.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
          expect(farthest).toBeGreaterThan(0);
        }
      }),
      RUNS,
    );
  });

  it('is the same to the bit for the same seed', () => {
    const rows = Array.from({ length: 30 }, (_, r) => Array.from(noise(20, r)));
    const once = truncatedSvd(matrixOf(rows), { rank: 4, seed: 9 });
    expect(truncatedSvd(matrixOf(rows), { rank: 4, seed: 9 })).toEqual(once);
    expect(truncatedSvd(matrixOf(rows), { rank: 4, seed: 10, iterations: 0 }).s).not.toEqual(once.s);
  });

  it('finds nothing in a matrix of zeros or without columns', () => {
    expect(truncatedSvd(matrixOf([[0, 0]]), { rank: 2 }).rank).toBe(0);
    expect(truncatedSvd(matrixOf([]), { rank: 2 }).rank).toBe(0);
  });

  it('refuses options out of bounds and products that overflow', () => {
    const matrix = matrixOf([[1, 2]]);
    expect(() => truncatedSvd(matrix, { rank: 0 })).toThrow(RangeError);
    expect(() => truncatedSvd(matrix, { rank: 1, oversampling: -1 })).toThrow(RangeError);
    expect(() => truncatedSvd(matrix, { rank: 1, iterations: 1.5 })).toThrow(RangeError);
    expect(() => truncatedSvd(matrix, { rank: 1, seed: 0.5 })).toThrow(RangeError);
    expect(() => truncatedSvd(matrixOf([[1e300, 1e300]]), { rank: 1 })).toThrow(RangeError);
  });
});
