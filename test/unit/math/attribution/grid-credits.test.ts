import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sumRatios } from '../../../../src/math/allocation/index.ts';
import { gridCredits } from '../../../../src/math/attribution/grid-credits.ts';

describe('gridCredits', () => {
  it('sums to one in billionths, each within one of its exact part', () => {
    const anyWeights = fc
      .array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 })
      .filter((weights) => weights.some((weight) => weight > 0));
    fc.assert(
      fc.property(anyWeights, (weights) => {
        const credits = gridCredits(weights);
        const sum = weights.reduce((total, weight) => total + weight, 0);
        expect(sumRatios(credits).toFraction()).toBe('1');
        for (const [at, credit] of credits.entries()) {
          expect(1_000_000_000n % credit.d).toBe(0n);
          expect(Math.abs(credit.valueOf() - (weights[at] ?? 0) / sum)).toBeLessThan(1.001e-9);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives the odd unit to the earlier of equal weights', () => {
    expect(gridCredits([1, 1, 1]).map((credit) => credit.n * (1_000_000_000n / credit.d))).toEqual([
      333_333_334n,
      333_333_333n,
      333_333_333n,
    ]);
  });

  it('does not see the last digits of a weight', () => {
    const other = [0.1 + 0.2, 0.7];
    expect(other[0]).not.toBe(0.3);
    expect(gridCredits(other)).toEqual(gridCredits([0.3, 0.7]));
  });
});
