import { describe, expect, it } from 'vitest';
import { pureSvdRecommender } from '../../../../src/math/recommenders/index.ts';
import { matrixOf } from '../../../support/sparse-matrices.ts';

describe('puresvd of one factor', () => {
  const model = pureSvdRecommender({ factors: 1 }).fit(
    matrixOf([
      [1, 1, 0],
      [1, 1, 0],
      [0, 0, 1],
    ]),
  );

  it('scores by the strongest taste alone', () => {
    const scores = model.score({ indices: [1, 2], values: [1, 1] });
    [1 / 2, 1 / 2, 0].forEach((score, item) => {
      expect(scores[item]).toBeCloseTo(score, 12);
    });
  });

  it('scores by popularity where the strongest taste says nothing but rounding', () => {
    expect([...model.score({ indices: [2], values: [1] })]).toEqual([2, 2, 1]);
  });
});

it.each([{ factors: 0 }, { factors: 1.5 }, { seed: 0.5 }])('puresvd refuses %o', (options) => {
  expect(() => pureSvdRecommender(options)).toThrow(RangeError);
});
