import fc from 'fast-check';
import { inverse, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { easeRecommender } from '../../../../src/math/recommenders/index.ts';
import { CsrMatrix } from '../../../../src/math/sparse/index.ts';
import { anyRows, matrixOf } from '../../../support/sparse-matrices.ts';

type EaseOptions = { readonly l2: number; readonly dropout: number };

const anyTraining = fc.record({
  rows: anyRows({ min: 1, minRows: 1 }),
  l2: fc.integer({ min: 1, max: 50 }),
  dropout: fc.constantFrom(0, 0.5, 0.75),
});
const RUNS = { numRuns: 300 };

describe('what ease learns', () => {
  it('is the closed form by a general inverse', () => {
    fc.assert(
      fc.property(anyTraining, ({ rows, l2, dropout }) => {
        const expected = closedForm(rows, { l2, dropout });
        learnt(rows, { l2, dropout }).forEach((weights, item) => {
          weights.forEach((weight, other) => {
            expect(weight).toBeCloseTo(expected.get(item, other), 9);
          });
        });
      }),
      RUNS,
    );
  });

  it('lets no item say anything of itself', () => {
    fc.assert(
      fc.property(anyTraining, ({ rows, l2, dropout }) => {
        learnt(rows, { l2, dropout }).forEach((weights, item) => {
          expect(weights[item]).toBe(0);
        });
      }),
      RUNS,
    );
  });

  it('leaves no slope of the penalised error off the diagonal', () => {
    fc.assert(
      fc.property(anyTraining, ({ rows, l2, dropout }) => {
        const chosen = new Matrix(rows);
        const weights = new Matrix(learnt(rows, { l2, dropout }));
        const error = Matrix.sub(chosen, chosen.mmul(weights));
        const slope = chosen.transpose().mmul(error).sub(penalties(chosen, { l2, dropout }).mmul(weights));
        for (let i = 0; i < slope.rows; i++) slope.set(i, i, 0);
        expect(slope.abs().max()).toBeLessThan(1e-9);
      }),
      RUNS,
    );
  });

  it('fades as the penalty grows', () => {
    const rows = [
      [1, 1],
      [1, 0],
    ];
    // Two items: a regression through zero on the other one, 1 / (its squared norm + l2).
    expect(learnt(rows, { l2: 2, dropout: 0 })).toEqual([
      [0, expect.closeTo(1 / 4, 14)],
      [expect.closeTo(1 / 3, 14), 0],
    ]);
    expect(learnt(rows, { l2: 998, dropout: 0 })).toEqual([
      [0, expect.closeTo(1 / 1000, 14)],
      [expect.closeTo(1 / 999, 14), 0],
    ]);
  });
});

describe('ease refuses', () => {
  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('a penalty of %s', (l2) => {
    expect(() => easeRecommender({ l2 })).toThrow(RangeError);
  });

  it('a penalty that is lost beside the weights', () => {
    expect(() =>
      easeRecommender({ l2: 1e-9 }).fit(
        matrixOf([
          [1e10, 1e10],
          [1e10, 1e10],
        ]),
      ),
    ).toThrow('l2 is so small');
    expect(() => easeRecommender({ l2: 1e-9 }).fit(matrixOf([[1e10, 0]]))).toThrow('l2 is so small');
    expect(() => easeRecommender().fit(matrixOf([[1e200, 1e200]]))).toThrow('l2 is so small');
  });

  it.each([-1.1, 2, Number.NaN])('a power of popularity of %s', (popularityPower) => {
    expect(() => easeRecommender({ popularityPower })).toThrow(RangeError);
  });

  it.each([-0.1, 1, Number.NaN])('a dropout of %s', (dropout) => {
    expect(() => easeRecommender({ dropout })).toThrow(RangeError);
  });

  it('more items and users than a dense matrix can bear', () => {
    const shape = { rowCount: 10_001, columnCount: 10_001 };
    const none = CsrMatrix.fromTriplets({ ...shape, rows: [], columns: [], values: [] });
    expect(() => easeRecommender().fit(none)).toThrow('at most 10000 items or users');
  });
});

/** Row i: what item i in a history adds to each item. The row of an item that meets no other is all zero. */
function learnt(rows: readonly (readonly number[])[], options: EaseOptions): number[][] {
  const train = matrixOf(rows);
  const model = easeRecommender(options).fit(train);
  const meetsAnother = (item: number) =>
    rows.some((row) => row[item] !== 0 && row.some((w, j) => j !== item && w !== 0));
  return Array.from({ length: train.columnCount }, (_, item) =>
    meetsAnother(item)
      ? [...model.score({ indices: [item], values: [1] })]
      : new Array<number>(train.columnCount).fill(0),
  );
}

function closedForm(rows: readonly (readonly number[])[], options: EaseOptions): Matrix {
  const chosen = new Matrix(rows.map((row) => [...row]));
  const itemCount = chosen.columns;
  const precision = inverse(chosen.transpose().mmul(chosen).add(penalties(chosen, options)));
  const weights = Matrix.zeros(itemCount, itemCount);
  for (let i = 0; i < itemCount; i++) {
    for (let j = 0; j < itemCount; j++) {
      if (i !== j) weights.set(i, j, -precision.get(i, j) / precision.get(j, j));
    }
  }
  return weights;
}

/** What the penalty adds to the diagonal of the Gram matrix. */
function penalties(chosen: Matrix, { l2, dropout }: EaseOptions): Matrix {
  const squares = Matrix.pow(chosen, 2).sum('column');
  return Matrix.diag(squares.map((sum) => l2 + (dropout / (1 - dropout)) * sum));
}
