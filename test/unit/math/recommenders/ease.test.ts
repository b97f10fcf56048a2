import fc from 'fast-check';
import { inverse, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { easeRecommender } from '../../../../src/math/recommenders/index.ts';
import { anyRows, matrixOf } from '../../../support/sparse-matrices.ts';

const anyTraining = fc.record({ rows: anyRows({ min: 1, minRows: 1 }), l2: fc.integer({ min: 1, max: 50 }) });
const RUNS = { numRuns: 300 };

describe('what ease learns', () => {
  it('is the closed form by a general inverse', () => {
    fc.assert(
      fc.property(anyTraining, ({ rows, l2 }) => {
        const expected = closedForm(rows, l2);
        learnt(rows, l2).forEach((weights, item) => {
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
      fc.property(anyTraining, ({ rows, l2 }) => {
        learnt(rows, l2).forEach((weights, item) => {
          expect(weights[item]).toBe(0);
        });
      }),
      RUNS,
    );
  });

  it('leaves no slope of the penalised error off the diagonal', () => {
    fc.assert(
      fc.property(anyTraining, ({ rows, l2 }) => {
        const chosen = new Matrix(rows);
        const weights = new Matrix(learnt(rows, l2));
        const error = Matrix.sub(chosen, chosen.mmul(weights));
        const slope = chosen.transpose().mmul(error).sub(Matrix.mul(weights, l2));
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
    expect(learnt(rows, 2)).toEqual([
      [0, expect.closeTo(1 / 4, 14)],
      [expect.closeTo(1 / 3, 14), 0],
    ]);
    expect(learnt(rows, 998)).toEqual([
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
    expect(() => easeRecommender({ l2: 1e-9 }).fit(matrixOf([[1e10, 1e10]]))).toThrow('l2 is so small');
    expect(() => easeRecommender().fit(matrixOf([[1e200, 1e200]]))).toThrow('l2 is so small');
  });

  it('more items than a dense matrix can bear', () => {
    expect(() => easeRecommender().fit(matrixOf([new Array<number>(10_001).fill(0)]))).toThrow('at most 10000 items');
  });
});

/** Row i: what item i in a history adds to each item. The row of an item that meets no other is all zero. */
function learnt(rows: readonly (readonly number[])[], l2: number): number[][] {
  const train = matrixOf(rows);
  const model = easeRecommender({ l2 }).fit(train);
  const meetsAnother = (item: number) =>
    rows.some((row) => row[item] !== 0 && row.some((w, j) => j !== item && w !== 0));
  return Array.from({ length: train.columnCount }, (_, item) =>
    meetsAnother(item)
      ? [...model.score({ indices: [item], values: [1] })]
      : new Array<number>(train.columnCount).fill(0),
  );
}

function closedForm(rows: readonly (readonly number[])[], l2: number): Matrix {
  const chosen = new Matrix(rows.map((row) => [...row]));
  const itemCount = chosen.columns;
  const precision = inverse(
    chosen
      .transpose()
      .mmul(chosen)
      .add(Matrix.eye(itemCount, itemCount, l2)),
  );
  const weights = Matrix.zeros(itemCount, itemCount);
  for (let i = 0; i < itemCount; i++) {
    for (let j = 0; j < itemCount; j++) {
      if (i !== j) weights.set(i, j, -precision.get(i, j) / precision.get(j, j));
    }
  }
  return weights;
}
