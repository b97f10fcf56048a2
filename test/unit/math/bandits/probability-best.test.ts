import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { probabilityBestOfBetas, probabilityBestOfNormals } from '../../../../src/math/bandits/index.ts';

const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

function expectShares(actual: Float64Array, expected: readonly number[], digits = 9): void {
  expect(actual).toHaveLength(expected.length);
  for (const [arm, share] of expected.entries()) expect(actual[arm]).toBeCloseTo(share, digits);
}

describe('probabilityBestOfNormals', () => {
  it('is the published one for three arms', () => {
    expectShares(probabilityBestOfNormals([0, 0.1, 0.2], [0.1, 0.1, 0.1]), [0.04715068, 0.2240983, 0.72875102], 7);
  });

  it('is, of two arms, that of their difference', () => {
    // Phi(1 / sqrt(1 + 1e-8)), though the second arm is ten thousand times as narrow.
    expectShares(probabilityBestOfNormals([0, 1], [1, 1e-4]), [0.15865525514, 0.84134474486]);
  });

  it('is right for arms of very different width', () => {
    // By adaptive quadrature of scipy.
    expectShares(probabilityBestOfNormals([0, 0.3, 0.2], [5, 0.001, 0.01]), [0.47607781782, 0.52392218218, 0]);
  });

  it('is alike for arms that are alike, and one for a single arm', () => {
    expectShares(
      probabilityBestOfNormals(new Array(30).fill(2), new Array(30).fill(3)),
      new Array(30).fill(1 / 30),
      10,
    );
    expect([...probabilityBestOfNormals([5], [1])]).toEqual([1]);
  });

  it('sums to one and follows its arms wherever they stand', () => {
    const anyArms = fc.array(
      fc.record({
        mean: fc.double({ min: -3, max: 3, noNaN: true }),
        deviation: fc.double({ min: 1e-3, max: 9, noNaN: true }),
      }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(anyArms, (arms) => {
        const best = (list: typeof arms) =>
          probabilityBestOfNormals(
            list.map(({ mean }) => mean),
            list.map(({ deviation }) => deviation),
          );
        const shares = best(arms);
        expect(sum(shares)).toBeCloseTo(1, 10);
        expect(shares.every((share) => share >= 0)).toBe(true);
        expectShares(best(arms.toReversed()).reverse(), [...shares]);
      }),
    );
  });

  it('refuses arms that have no width or no number', () => {
    expect(() => probabilityBestOfNormals([], [])).toThrow('one deviation for each');
    expect(() => probabilityBestOfNormals([0], [0])).toThrow('deviation of arm 0 must be above 0');
    expect(() => probabilityBestOfNormals([Number.NaN], [1])).toThrow('must be finite');
  });
});

describe('probabilityBestOfBetas', () => {
  it('is the fraction that sums of factorials give', () => {
    // Uniform against Beta(2, 1): 1 - 2/3. Beta(3, 5) against Beta(4, 2): 29/33.
    expectShares(probabilityBestOfBetas([1, 2], [1, 1]), [1 / 3, 2 / 3], 11);
    expectShares(probabilityBestOfBetas([3, 4], [5, 2]), [4 / 33, 29 / 33], 11);
  });

  it('is right for three arms, for densities without bound, and for a million outcomes', () => {
    // By adaptive quadrature of scipy.
    expectShares(probabilityBestOfBetas([3, 10, 2], [5, 20, 2]), [0.264161769879, 0.134045560591, 0.60179266953]);
    expectShares(
      probabilityBestOfBetas([0.05, 0.5, 30], [0.1, 0.5, 90]),
      [0.315102382166, 0.473856305078, 0.211041312813],
    );
    expectShares(probabilityBestOfBetas([3, 1], [1e6, 3e5]), [0.5448335496, 0.4551664508], 8);
    expectShares(probabilityBestOfBetas([5e5, 500_800], [5e5, 5e5]), [0.2859190393, 0.714080958], 7);
  });

  it('refuses parameters out of bounds', () => {
    expect(() => probabilityBestOfBetas([0], [1])).toThrow('from .01 to 1e9, not 0 and 1');
    expect(() => probabilityBestOfBetas([1], [])).toThrow('one beta for each');
  });
});
