import { describe, expect, it } from 'vitest';
import { evaluateRatings } from '../../../../src/math/evaluation/index.ts';
import { baselinePredictor } from '../../../../src/math/ratings/index.ts';

/** Predicts 4 for everybody: all users and items rate alike. */
const fours = baselinePredictor().fit({
  userCount: 2,
  itemCount: 2,
  users: [0, 1, 0, 1],
  items: [0, 0, 1, 1],
  values: [4, 4, 4, 4],
});

describe('evaluateRatings', () => {
  it('weighs each rating alike, and sums up the errors of each user', () => {
    const found = evaluateRatings(fours, { users: [7, 0, 0], items: [0, 1, 9], values: [1, 4, 6] });
    expect(found.metrics).toEqual({ rmse: Math.sqrt((9 + 0 + 4) / 3), mae: 5 / 3 });
    expect([...found.users]).toEqual([0, 7]);
    expect([...found.perUser.ratings]).toEqual([2, 1]);
    expect([...found.perUser.squaredError]).toEqual([4, 9]);
    expect([...found.perUser.absoluteError]).toEqual([2, 3]);
  });

  it('refuses to measure nothing, and what is no rating', () => {
    expect(() => evaluateRatings(fours, { users: [], items: [], values: [] })).toThrow(RangeError);
    expect(() => evaluateRatings(fours, { users: [0], items: [0], values: [Number.NaN] })).toThrow(RangeError);
    expect(() => evaluateRatings(fours, { users: [], items: [0], values: [1] })).toThrow(RangeError);
    expect(() => evaluateRatings(fours, { users: [0], items: [], values: [1] })).toThrow(RangeError);
  });
});
