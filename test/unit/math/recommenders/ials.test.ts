import fc from 'fast-check';
import { Matrix, solve } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import {
  type FactorTerms,
  holdFactors,
  ridgeOf,
  solveFactors,
  spectralFactors,
} from '../../../../src/math/recommenders/ials-factors.ts';
import { ialsRecommender } from '../../../../src/math/recommenders/index.ts';
import { PreferenceSolver } from '../../../../src/math/recommenders/preference-solver.ts';
import type { CsrMatrix } from '../../../../src/math/sparse/index.ts';
import { anyRows, matrixOf, toRows } from '../../../support/sparse-matrices.ts';
import { furthest, matrixFrom, noise } from '../dense/dense.fixture.ts';

const TERMS: FactorTerms = { alpha: 5, regularisation: 0.1, frequencyExponent: 0.5, steps: 3 };
const RUNS = { numRuns: 100 };
const anyMatrix = anyRows({ min: -9, minRows: 1 });

describe('the taste that explains a history', () => {
  it('is the solution of the dense normal equations', () => {
    fc.assert(
      fc.property(anyMatrix, fc.integer(), fc.integer({ min: 1, max: 6 }), (rows, seed, width) => {
        const matrix = matrixOf(rows);
        const noisy = noise(matrix.columnCount * width, seed);
        const { held, spectrum } = holdFactors(noisy, new Float64Array(0), width);
        const solver = new PreferenceSolver(held, spectrum);
        for (let r = 0; r < matrix.rowCount; r++) {
          const taste = new Float64Array(width);
          const ridge = ridgeOf(matrix.row(r).values, matrix.columnCount, TERMS);
          solver.solve(matrix.row(r), taste, { alpha: TERMS.alpha, ridge, steps: 50 });
          const expected = denseTaste(rows[r] ?? [], matrixFrom(held, width), ridge);
          expect(furthest(taste, expected)).toBeLessThan(1e-8);
        }
      }),
      RUNS,
    );
  });
});

describe('a round of alternating least squares', () => {
  it('never makes the objective larger', () => {
    fc.assert(
      fc.property(anyMatrix, (rows) => {
        const matrix = matrixOf(rows);
        let { width, rows: users, columns: items } = spectralFactors(matrix, { factors: 3, seed: 1 });
        let last = objective(matrix, matrixOfFactors(users, width), matrixOfFactors(items, width));
        for (let round = 0; round < 4; round++) {
          const forUsers = holdFactors(items, users, width);
          users = solveFactors(matrix, forUsers, { from: 0, to: matrix.rowCount, terms: TERMS });
          const between = objective(matrix, matrixOfFactors(users, width), matrixOfFactors(forUsers.held, width));
          const forItems = holdFactors(users, forUsers.held, width);
          items = solveFactors(matrix.transpose(), forItems, { from: 0, to: matrix.columnCount, terms: TERMS });
          users = forItems.held;
          const after = objective(matrix, matrixOfFactors(users, width), matrixOfFactors(items, width));
          expect(between).toBeLessThanOrEqual(last * (1 + 1e-10));
          expect(after).toBeLessThanOrEqual(between * (1 + 1e-10));
          last = after;
        }
      }),
      RUNS,
    );
  });

  it('gives the same to the bit for any cut into blocks', () => {
    fc.assert(
      fc.property(anyMatrix, fc.nat(9), (rows, cut) => {
        const matrix = matrixOf(rows);
        const { width, rows: users, columns: items } = spectralFactors(matrix, { factors: 4, seed: 1 });
        const held = holdFactors(items, users, width);
        const at = Math.min(cut, matrix.rowCount);
        const whole = solveFactors(matrix, held, { from: 0, to: matrix.rowCount, terms: TERMS });
        const head = solveFactors(matrix, held, { from: 0, to: at, terms: TERMS });
        const tail = solveFactors(matrix, held, { from: at, to: matrix.rowCount, terms: TERMS });
        expect([...head, ...tail]).toEqual([...whole]);
      }),
      RUNS,
    );
  });

  it('turns both sides without changing their products', () => {
    const [held, free] = [noise(40, 1), noise(28, 2)];
    const turned = holdFactors(held, free, 4);
    const products = (a: Float64Array, b: Float64Array) =>
      matrixFrom(a, 4).mmul(matrixFrom(b, 4).transpose()).to1DArray();
    expect(furthest(products(turned.held, turned.free), products(held, free))).toBeLessThan(1e-12);
    const gram = matrixFrom(turned.held, 4).transpose().mmul(matrixFrom(turned.held, 4));
    expect(furthest(gram.to1DArray(), Matrix.diag([...turned.spectrum]).to1DArray())).toBeLessThan(1e-12);
  });
});

describe('ials', () => {
  it('refuses options out of bounds', () => {
    for (const options of [
      { factors: 0 },
      { epochs: 0 },
      { alpha: -1 },
      { regularisation: 0 },
      { regularisation: Number.NaN },
      { frequencyExponent: 2.5 },
      { seed: 0.5 },
    ]) {
      expect(() => ialsRecommender(options)).toThrow(RangeError);
    }
  });

  it('takes a weight below zero for a confident no', () => {
    const rows = [
      [1, 1, 0],
      [1, 1, 0],
      [0, 1, 1],
    ];
    const model = ialsRecommender({ factors: 2, epochs: 5 }).fit(matrixOf(rows));
    const liked = model.score({ indices: [1], values: [1] });
    const disliked = model.score({ indices: [1, 0], values: [1, -1] });
    expect(disliked[0]).toBeLessThan(liked[0] ?? 0);
  });
});

function denseTaste(row: readonly number[], items: Matrix, ridge: number): number[] {
  const confidence = Matrix.diag(row.map((value) => 1 + TERMS.alpha * Math.abs(value)));
  const wanted = Matrix.columnVector(row.map((value) => (value > 0 ? 1 : 0)));
  const weighted = items.transpose().mmul(confidence);
  const system = weighted.mmul(items).add(Matrix.eye(items.columns).mul(ridge));
  return solve(system, weighted.mmul(wanted)).to1DArray();
}

function objective(matrix: CsrMatrix, users: Matrix, items: Matrix): number {
  let total = 0;
  const byItem = matrix.transpose();
  toRows(matrix).forEach((row, u) => {
    row.forEach((value, i) => {
      const error = (value > 0 ? 1 : 0) - users.getRowVector(u).dot(items.getRowVector(i));
      total += (1 + TERMS.alpha * Math.abs(value)) * error ** 2;
    });
    total +=
      ridgeOf(matrix.row(u).values, matrix.columnCount, TERMS) * users.getRowVector(u).dot(users.getRowVector(u));
  });
  for (let i = 0; i < byItem.rowCount; i++) {
    const own = items.getRowVector(i);
    total += ridgeOf(byItem.row(i).values, byItem.columnCount, TERMS) * own.dot(own);
  }
  return total;
}

/** A matrix of zeros has factors of no width; one column of zeros says the same. */
function matrixOfFactors(values: Float64Array, width: number): Matrix {
  return width === 0 ? Matrix.zeros(10, 1) : matrixFrom(values, width);
}
