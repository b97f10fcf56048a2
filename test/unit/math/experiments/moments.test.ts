import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Moments,
  mergeMoments,
  momentsOf,
  momentsOfProportion,
  momentsOfSums,
  NO_UNITS,
  RunningMoments,
} from '../../../../src/math/experiments/index.ts';

function expectClose(actual: Moments, expected: Moments): void {
  expect(actual.count).toBe(expected.count);
  expect(actual.mean).toBeCloseTo(expected.mean, 9);
  expect(actual.m2).toBeCloseTo(expected.m2, 6);
}

const anyValues = fc.array(fc.double({ min: -1_000, max: 1_000, noNaN: true }), { maxLength: 40 });

describe('moments', () => {
  it('are count, mean and squared distances', () => {
    expect(momentsOf([1, 2, 6])).toEqual({ count: 3, mean: 3, m2: 14 });
    expect(momentsOf([])).toEqual(NO_UNITS);
  });

  it('keep the digits of small distances from a large mean', () => {
    expect(momentsOf([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16])).toEqual({ count: 4, mean: 1e9 + 10, m2: 90 });
  });

  it('have a mean without the rounding of a long sum', () => {
    expect(momentsOf(new Array(10_000).fill(0.1)).mean).toBe(0.1);
    expect(momentsOf(Array.from({ length: 7_000 }, (_, at) => (at % 7 === 0 ? 1 : 0))).mean).toBe(1 / 7);
  });

  it('of two parts are those of the whole, wherever it is cut', () => {
    fc.assert(
      fc.property(anyValues, anyValues, (first, second) => {
        expectClose(mergeMoments(momentsOf(first), momentsOf(second)), momentsOf([...first, ...second]));
      }),
    );
  });

  it('can be had of sums and of successes', () => {
    expectClose(momentsOfSums({ count: 3, sum: 9, sumOfSquares: 41 }), momentsOf([1, 2, 6]));
    expectClose(momentsOfProportion(2, 5), momentsOf([1, 0, 1, 0, 0]));
    expect(momentsOfSums({ count: 0, sum: 0, sumOfSquares: 0 })).toEqual(NO_UNITS);
  });

  it('of equal values have no distance, though sums leave a rounding', () => {
    const [count, value] = [1_000, 0.1];
    let [sum, sumOfSquares] = [0, 0];
    for (let i = 0; i < count; i++) {
      sum += value;
      sumOfSquares += value * value;
    }
    expect(momentsOfSums({ count, sum, sumOfSquares }).m2).toBe(0);
  });

  it('refuse what no values have', () => {
    expect(() => new RunningMoments().add(Number.NaN)).toThrow('a value must be finite, not NaN');
    expect(() => momentsOfSums({ count: 2, sum: 10, sumOfSquares: 4 })).toThrow('is too small for a sum of 10');
    expect(() => momentsOfSums({ count: 0, sum: 1, sumOfSquares: 1 })).toThrow('over no units');
    expect(() => momentsOfProportion(3, 2)).toThrow('from 0 to 2');
    expect(() => mergeMoments({ count: 1, mean: 0, m2: -1 }, NO_UNITS)).toThrow('not negative, not -1');
  });
});
