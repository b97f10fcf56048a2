import betaln from '@stdlib/math-base-special-betaln';
import { describe, expect, it } from 'vitest';
import { regularisedBeta } from '../../../../src/math/bandits/incomplete-beta.ts';

// Expected values are those of scipy.
describe('regularisedBeta', () => {
  const at = (x: number, alpha: number, beta: number) =>
    regularisedBeta(Math.log(x / (1 - x)), { alpha, beta, logOfBeta: betaln(alpha, beta) });

  it.each([
    [0.5, 0.5, 0.3, 0.36901011956554536],
    [1, 1, 0.37, 0.37],
    [2, 1, 0.5, 0.25],
    [3, 40, 0.05, 0.35101360934622805],
    [0.05, 2, 1e-5, 0.5904581102792039],
    [30, 2, 0.99, 0.9616104854047645],
    [2_000, 3_000, 0.41, 0.9252621262083036],
  ])('of Beta(%d, %d) at %d', (alpha, beta, x, expected) => {
    expect(at(x, alpha, beta)).toBeCloseTo(expected, 10);
    expect(at(1 - x, beta, alpha)).toBeCloseTo(1 - expected, 10);
  });

  it('goes on to the ends', () => {
    const ofHalf = { alpha: 0.01, beta: 0.01, logOfBeta: betaln(0.01, 0.01) };
    // x^alpha / (alpha B) at log-odds -800: exp(-8) / (.01 B).
    expect(regularisedBeta(-800, ofHalf)).toBeCloseTo(Math.exp(-8 - ofHalf.logOfBeta) / 0.01, 12);
    expect(regularisedBeta(800, ofHalf)).toBeCloseTo(1 - Math.exp(-8 - ofHalf.logOfBeta) / 0.01, 12);
    expect(regularisedBeta(-699.9, ofHalf)).toBeCloseTo(Math.exp(-6.999 - ofHalf.logOfBeta) / 0.01, 12);
  });
});
