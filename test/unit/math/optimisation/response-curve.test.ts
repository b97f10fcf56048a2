import { describe, expect, it } from 'vitest';
import { fitResponseCurve, gainOfNext, responseAt } from '../../../../src/math/optimisation/index.ts';
import { seededDraws } from '../../../../src/math/random/seeded-draws.ts';

const SPENDS = [0, 20_000, 50_000, 90_000, 140_000, 220_000, 300_000, 400_000];
const curveAt = (most: number, pace: number, spends = SPENDS) => spends.map((x) => most * (1 - Math.exp(-x / pace)));

describe('a response curve', () => {
  it.each([
    [9_000, 120_000],
    [1, 30_000],
    [5e6, 700_000],
  ])('is found again from points on it: most %d, pace %d', (most, pace) => {
    const fitted = fitResponseCurve(SPENDS, curveAt(most, pace));
    expect(fitted.most / most).toBeCloseTo(1, 5);
    expect(fitted.pace / pace).toBeCloseTo(1, 5);
    expect(fitted.explained).toBeCloseTo(1, 9);
    expect(fitted.flags).toEqual([]);
  });

  it('has the least squares: no neighbour of it has less', () => {
    const { normal } = seededDraws(4);
    const responses = curveAt(800, 100_000).map((response) => response + 20 * normal());
    const fitted = fitResponseCurve(SPENDS, responses);
    const squares = (most: number, pace: number) =>
      SPENDS.reduce((sum, spend, p) => sum + ((responses[p] ?? 0) - responseAt({ most, pace }, spend)) ** 2, 0);
    const least = squares(fitted.most, fitted.pace);
    for (const [a, b] of [
      [1.001, 1],
      [0.999, 1],
      [1, 1.001],
      [1, 0.999],
      [1.01, 1.01],
      [0.99, 0.99],
    ] as const) {
      expect(squares(fitted.most * a, fitted.pace * b)).toBeGreaterThan(least);
    }
  });

  it('has an interval that holds the true pace about as often as it says', () => {
    let held = 0;
    for (let seed = 1; seed <= 200; seed++) {
      const { normal } = seededDraws(seed);
      const responses = curveAt(800, 100_000).map((response) => response + 20 * normal());
      const [lower, upper] = fitResponseCurve(SPENDS, responses).paceInterval;
      if (lower <= 100_000 && 100_000 <= upper) held++;
    }
    expect(held / 200).toBeGreaterThan(0.9);
    expect(held / 200).toBeLessThan(0.99);
  });

  it.each([
    ['a straight line', SPENDS.map((x) => x / 100), ['NO_SATURATION']],
    ['a response that falls', SPENDS.map((x) => -x), ['NO_RESPONSE']],
    ['all at once', SPENDS.map((x) => (x > 0 ? 500 : 0)), ['AT_ONCE']],
    ['hardly more than noise', [0, 40, 10, 60, 90, 50, 120, 80], ['UNCERTAIN']],
  ])('says when the data do not tell its numbers apart: %s', (_what, responses, flags) => {
    expect(fitResponseCurve(SPENDS, responses).flags).toEqual(flags);
  });

  it('says when too few amounts were spent', () => {
    expect(fitResponseCurve([100, 100, 200], [5, 6, 8]).flags).toContain('TOO_FEW_LEVELS');
  });

  it.each([
    ['nothing spent', [0, 0], [1, 2], 'a spend above 0'],
    ['a negative spend', [-1, 5], [1, 2], 'the spend at position 0'],
    ['lists that differ', [1, 2], [1], 'one response for each'],
    ['a response that is none', [1], [Number.NaN], 'response at position 0'],
  ])('refuses %s', (_what, spends, responses, reason) => {
    expect(() => fitResponseCurve(spends, responses)).toThrow(reason);
  });

  it('gains with the next unit what the difference of two responses is', () => {
    const curve = { most: 900, pace: 40 };
    expect(gainOfNext(curve, 17)).toBeCloseTo(responseAt(curve, 18) - responseAt(curve, 17), 9);
  });
});
