import { describe, expect, it } from 'vitest';
import {
  type Estimate,
  measureEffect,
  momentsOf,
  momentsOfProportion,
  NO_UNITS,
  readBayesian,
  readFixed,
  readMetric,
  readSequential,
} from '../../../../src/math/experiments/index.ts';

/**
 * Means 2 and 4, variances of the means 1/3 and 4/3. Lift 1 with the variance (4/3) / 4 + (1/3) 16 / 16 = 2/3; degrees of
 * freedom (5/3)^2 / ((1/9 + 16/9) / 2) = 50/17.
 */
const SMALL = { baseline: momentsOf([1, 2, 3]), arm: momentsOf([2, 4, 6]) };
const LIFT: Estimate = { value: 1, standardError: Math.sqrt(2 / 3), degreesOfFreedom: 50 / 17, units: 6 };
const OPTIONS = { alpha: 0.05, power: 0.8, tuningUnits: 5_000 };

describe('measureEffect', () => {
  it('has the difference, the lift, and how far off they may be', () => {
    const effect = measureEffect(SMALL.baseline, SMALL.arm, 'MEAN');
    expect(effect).toMatchObject({ difference: 2, lift: 1, obstacle: null });
    expect(effect.estimates.difference?.standardError).toBeCloseTo(Math.sqrt(5 / 3), 12);
    expect(effect.estimates.lift?.standardError).toBeCloseTo(LIFT.standardError, 12);
    expect(effect.estimates.lift?.degreesOfFreedom).toBeCloseTo(50 / 17, 12);
  });

  it('is relative to the size of a baseline below zero', () => {
    const effect = measureEffect(momentsOf([-1, -2, -3]), momentsOf([-2, -4, -6]), 'MEAN');
    expect(effect).toMatchObject({ difference: -2, lift: -1 });
    expect(effect.estimates.lift?.standardError).toBeCloseTo(LIFT.standardError, 12);
  });

  it('says why there is no reading', () => {
    expect(measureEffect(NO_UNITS, SMALL.arm, 'MEAN')).toMatchObject({
      difference: null,
      lift: null,
      obstacle: 'EMPTY_ARM',
    });
    expect(measureEffect(SMALL.baseline, momentsOf([5]), 'MEAN')).toMatchObject({
      lift: 1.5,
      obstacle: 'TOO_FEW_UNITS',
    });
    const level = measureEffect(momentsOf([2, 2]), momentsOf([3, 3]), 'MEAN');
    expect(level).toMatchObject({ difference: 1, lift: 0.5, obstacle: 'NO_VARIANCE', estimates: { lift: null } });
  });

  it('refuses a proportion that is none', () => {
    expect(() => measureEffect(momentsOf([1, 2]), momentsOf([0, 1]), 'PROPORTION')).toThrow('from 0 to 1, not 1.5');
  });
});

describe('readFixed', () => {
  it("is Student's t with Welch's degrees of freedom", () => {
    const { p, interval } = readFixed(LIFT, 0.05);
    expect(p).toBeCloseTo(0.30963807797405674, 12);
    expect(interval[0]).toBeCloseTo(-1.628105403597763, 10);
    expect(interval[1]).toBeCloseTo(3.628105403597763, 10);
  });
});

describe('readSequential', () => {
  it('leaves zero out exactly when p is below alpha', () => {
    for (const value of [0.1, 1, 2, 3, 3.5, 4, 5, 8]) {
      for (const units of [50, 5_000, 200_000]) {
        const estimate = { value, standardError: 1, degreesOfFreedom: 40, units };
        const { p, interval } = readSequential(estimate, { alpha: 0.05 });
        expect(p < 0.05).toBe(interval[0] > 0);
      }
    }
  });

  it('is wider than the fixed interval, and p is at most 1', () => {
    const estimate = { value: 0.1, standardError: 1, degreesOfFreedom: 4_998, units: 5_000 };
    const sequential = readSequential(estimate, { alpha: 0.05 });
    const fixed = readFixed(estimate, 0.05);
    expect(sequential.interval[1]).toBeGreaterThan(fixed.interval[1]);
    expect(sequential.p).toBe(1);
  });

  it('refuses a level or a tuning out of bounds', () => {
    expect(() => readSequential(LIFT, { alpha: 0 })).toThrow('alpha must be above 0');
    expect(() => readSequential(LIFT, { alpha: 0.05, tuningUnits: 0 })).toThrow('above 0 units');
  });
});

describe('readBayesian', () => {
  it('is the normal approximation where the prior is flat', () => {
    expect(readBayesian(LIFT, { alpha: 0.05 }).chanceToWin).toBeCloseTo(0.8896643190400766, 12);
    expect(readBayesian(LIFT, { alpha: 0.05, goal: 'DECREASE' }).chanceToWin).toBeCloseTo(1 - 0.8896643190400766, 12);
  });

  it('averages estimate and prior by precision', () => {
    // 1.5 of the data and 4 of the prior N(0, .5^2): mean 1.5 / 5.5, deviation 5.5^-1/2.
    const reading = readBayesian(LIFT, { alpha: 0.05, prior: { mean: 0, deviation: 0.5 } });
    expect(reading.chanceToWin).toBeCloseTo(0.7387843575192177, 12);
    expect(reading.interval[0]).toBeCloseTo(-0.5630041783429995, 10);
    expect(reading.interval[1]).toBeCloseTo(1.108458723797545, 10);
    expect(reading.risk).toBeCloseTo(0.06740167163477831, 12);
  });

  it('refuses a prior without width', () => {
    expect(() => readBayesian(LIFT, { alpha: 0.05, prior: { mean: 0, deviation: 0 } })).toThrow('deviation above 0');
  });
});

describe('readMetric', () => {
  // Counts of a public e-mail test, MineThatData 2008; readings published with GrowthBook's engine.
  const none = momentsOfProportion(122, 21_306);

  it('reads conversions as GrowthBook does', () => {
    const sample = {
      baseline: none,
      arm: momentsOfProportion(267, 21_307),
      kind: 'PROPORTION',
      goal: 'INCREASE',
    } as const;
    const { lift, fixed, sequential, scale, notes } = readMetric(sample, OPTIONS);
    expect(lift).toBeCloseTo(1.188422, 6);
    expect(fixed?.interval[0]).toBeCloseTo(0.721527, 6);
    expect(fixed?.interval[1]).toBeCloseTo(1.655316, 6);
    expect((fixed?.p ?? 0) / 6.0962e-7).toBeCloseTo(1, 4);
    expect((sequential?.p ?? 0) / 3.91e-5).toBeCloseTo(1, 4);
    expect({ scale, notes }).toEqual({ scale: 'LIFT', notes: [] });
  });

  it('may be sure at the horizon and not yet at any time', () => {
    const sample = {
      baseline: none,
      arm: momentsOfProportion(189, 21_387),
      kind: 'PROPORTION',
      goal: 'INCREASE',
    } as const;
    const { lift, fixed, sequential } = readMetric(sample, OPTIONS);
    expect(lift).toBeCloseTo(0.543313, 6);
    expect(fixed?.p).toBeCloseTo(0.0023526, 7);
    expect(sequential?.p).toBeCloseTo(0.086825, 6);
  });

  it('reads the difference where the baseline is at zero, whatever was believed of lifts', () => {
    const sample = {
      baseline: momentsOfProportion(0, 1_000),
      arm: momentsOfProportion(30, 1_000),
      kind: 'PROPORTION',
      goal: 'INCREASE',
    } as const;
    const reading = readMetric(sample, { ...OPTIONS, prior: { mean: 0, deviation: 1e-6 } });
    expect(reading).toMatchObject({ lift: null, difference: 0.03, scale: 'DIFFERENCE' });
    expect(reading.fixed).toEqual(reading.differenceFixed);
    expect(reading.fixed?.p).toBeLessThan(1e-6);
    expect(reading.bayesian?.chanceToWin).toBeGreaterThan(0.999);
    expect(reading.detectable).toBeNull();
    expect(reading.notes).toEqual(['BASELINE_ZERO', 'FEW_EVENTS']);
  });

  it('says that a lift on an unsure baseline, or of few events, is not to be relied on', () => {
    const unsure = { baseline: momentsOf([-9, 10, 1, -1]), arm: SMALL.arm, kind: 'MEAN', goal: 'INCREASE' } as const;
    expect(readMetric(unsure, OPTIONS).notes).toEqual(['BASELINE_UNSURE']);
    const few = { baseline: none, arm: momentsOfProportion(4, 900), kind: 'PROPORTION', goal: 'INCREASE' } as const;
    expect(readMetric(few, OPTIONS).notes).toEqual(['FEW_EVENTS']);
  });

  it('is null in all its readings where there is an obstacle', () => {
    const sample = { baseline: NO_UNITS, arm: SMALL.arm, kind: 'MEAN', goal: 'INCREASE' } as const;
    const nothing = { fixed: null, sequential: null, bayesian: null, differenceFixed: null, detectable: null };
    expect(readMetric(sample, OPTIONS)).toMatchObject({ ...nothing, notes: ['EMPTY_ARM'] });
  });
});
