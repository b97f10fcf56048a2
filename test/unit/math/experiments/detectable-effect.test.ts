import { describe, expect, it } from 'vitest';
import {
  detectableEffect,
  momentsOf,
  momentsOfProportion,
  NO_UNITS,
  unitsNeeded,
} from '../../../../src/math/experiments/index.ts';

const baseline = momentsOfProportion(1_000, 10_000);
const OPTIONS = { alpha: 0.05, power: 0.8 };

describe('detectableEffect', () => {
  it('is (1.96 + .84) standard errors', () => {
    // 2.8015852 sqrt(2 * .1 * .9 / 10,000), of a mean of .1.
    const found = detectableEffect({ baseline, kind: 'PROPORTION', units: { baseline: 10_000, arm: 10_000 } }, OPTIONS);
    expect(found?.difference).toBeCloseTo(0.011886119434798035, 12);
    expect(found?.lift).toBeCloseTo(0.118861194348, 11);
  });

  it('is larger for a reading that may be looked at any time', () => {
    const sample = { baseline, kind: 'PROPORTION', units: { baseline: 10_000, arm: 10_000 } } as const;
    const [fixed, sequential] = [
      detectableEffect(sample, OPTIONS),
      detectableEffect(sample, { ...OPTIONS, reading: 'SEQUENTIAL' }),
    ];
    expect(sequential?.difference).toBeGreaterThan(1.2 * (fixed?.difference ?? 0));
  });

  it('is not known without variance, units or, as a lift, a mean', () => {
    const units = { baseline: 10, arm: 10 };
    expect(detectableEffect({ baseline: NO_UNITS, kind: 'MEAN', units }, OPTIONS)).toBeNull();
    expect(detectableEffect({ baseline: momentsOf([3, 3]), kind: 'MEAN', units }, OPTIONS)).toBeNull();
    expect(detectableEffect({ baseline, kind: 'PROPORTION', units: { baseline: 10, arm: 0 } }, OPTIONS)).toBeNull();
    expect(detectableEffect({ baseline: momentsOf([-1, 1]), kind: 'MEAN', units }, OPTIONS)?.lift).toBeNull();
  });

  it('refuses a power out of bounds', () => {
    const sample = { baseline, kind: 'PROPORTION', units: { baseline: 10, arm: 10 } } as const;
    expect(() => detectableEffect(sample, { alpha: 0.05, power: 1 })).toThrow('the power must be');
  });
});

describe('unitsNeeded', () => {
  it('is the least number of units that finds the lift', () => {
    const plan = { baseline, kind: 'PROPORTION' } as const;
    // 2 (2.8015852)^2 .09 / .01^2 = 14,127.98.
    const units = unitsNeeded({ ...plan, lift: 0.1 }, OPTIONS);
    expect(units).toBe(14_128);
    const liftAt = (count: number) =>
      detectableEffect({ ...plan, units: { baseline: count, arm: count } }, OPTIONS)?.lift;
    expect(liftAt(14_128)).toBeLessThanOrEqual(0.1);
    expect(liftAt(14_127)).toBeGreaterThan(0.1);
    expect(unitsNeeded({ ...plan, lift: -0.1 }, OPTIONS)).toBe(units);
  });

  it('is not known where there is no lift, and no lift is not to be found', () => {
    expect(unitsNeeded({ baseline: momentsOf([-1, 1]), kind: 'MEAN', lift: 0.1 }, OPTIONS)).toBeNull();
    expect(() => unitsNeeded({ baseline, kind: 'PROPORTION', lift: 0 }, OPTIONS)).toThrow('not 0');
  });
});
