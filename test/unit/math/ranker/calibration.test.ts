import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededDraws } from '../../../../src/math/random/seeded-draws.ts';
import {
  type Calibration,
  isotonicCalibration,
  measureReliability,
  plattCalibration,
} from '../../../../src/math/ranker/index.ts';
import { logistic } from '../../../../src/math/ranker/logistic.ts';

const anyScores = fc
  .array(fc.tuple(fc.integer({ min: -8, max: 8 }), fc.constantFrom(0, 1)), { minLength: 1, maxLength: 40 })
  .map((pairs) => ({ scores: pairs.map(([score]) => score), labels: pairs.map(([, label]) => label) }));

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe.each([
  ['isotonicCalibration', isotonicCalibration],
  ['plattCalibration', plattCalibration],
] as const)('%s', (_, learn: (scores: readonly number[], labels: readonly number[]) => Calibration) => {
  it('never falls as the score rises, and stays within 0 and 1', () => {
    fc.assert(
      fc.property(anyScores, ({ scores, labels }) => {
        const { calibrate } = learn(scores, labels);
        let last = 0;
        for (let score = -10; score <= 10; score += 0.25) {
          const p = calibrate(score);
          expect(p).toBeGreaterThanOrEqual(last - 1e-12);
          expect(p).toBeLessThanOrEqual(1);
          last = p;
        }
      }),
    );
  });

  it('mends log odds that are three times too sure', () => {
    const draws = seededDraws(9);
    const odds = Array.from({ length: 4000 }, () => draws.normal());
    const labels = odds.map((z) => (draws.uniform() < logistic(z) ? 1 : 0));
    const sure = odds.map((z) => 3 * z);
    const { calibrate } = learn(sure.slice(0, 2000), labels.slice(0, 2000));
    const before = measureReliability(sure.slice(2000).map(logistic), labels.slice(2000));
    const after = measureReliability(sure.slice(2000).map(calibrate), labels.slice(2000));
    expect(after.calibrationError).toBeLessThan(before.calibrationError / 3);
    expect(after.brier).toBeLessThan(before.brier);
  });

  it('refuses what it cannot learn from', () => {
    expect(() => learn([], [])).toThrow(RangeError);
    expect(() => learn([1], [])).toThrow(RangeError);
    expect(() => learn([Number.NaN], [1])).toThrow(RangeError);
    expect(() => learn([1], [2])).toThrow(RangeError);
  });
});

describe('isotonicCalibration', () => {
  it('keeps the mean of the outcomes over the scores that it learnt from', () => {
    fc.assert(
      fc.property(anyScores, ({ scores, labels }) => {
        const { calibrate } = isotonicCalibration(scores, labels);
        expect(mean(scores.map(calibrate))).toBeCloseTo(mean(labels), 9);
      }),
    );
  });

  it('pools what is the wrong way round, goes along lines between steps, and stays level beyond the ends', () => {
    const { calibrate } = isotonicCalibration([1, 2, 3, 4, 5, 6], [0, 1, 0, 0, 1, 1]);
    const third = 1 / 3;
    // 1 stands alone at 0, 2 to 4 pool to a third, 5 and 6 are at 1.
    const expected = [0, 0, third / 2, third, third, third, (third + 1) / 2, 1, 1];
    const found = [0, 1, 1.5, 2, 3.3, 4, 4.5, 5, 9].map(calibrate);
    expected.forEach((value, at) => {
      expect(found[at]).toBeCloseTo(value, 12);
    });
  });
});

describe('plattCalibration', () => {
  it('leaves log odds alone that are right', () => {
    const draws = seededDraws(2);
    const odds = Array.from({ length: 20_000 }, () => 2 * draws.normal());
    const { calibrate } = plattCalibration(
      odds,
      odds.map((z) => (draws.uniform() < logistic(z) ? 1 : 0)),
    );
    for (const z of [-3, -1, 0, 1, 3]) expect(calibrate(z)).toBeCloseTo(logistic(z), 1);
  });

  it('takes scores that tell the wrong way round for saying nothing', () => {
    const { calibrate } = plattCalibration([1, 2, 3, 4], [1, 1, 0, 0]);
    expect(calibrate(-5)).toBeCloseTo(0.5, 6);
    expect(calibrate(5)).toBeCloseTo(0.5, 6);
  });
});

describe('measureReliability', () => {
  it('measures as computed by hand', () => {
    const { logLoss, brier, calibrationError } = measureReliability([0.25, 0.25, 0.75, 1], [0, 1, 1, 1], 4);
    expect(logLoss).toBeCloseTo((-2 * Math.log(0.75) - Math.log(0.25)) / 4, 12);
    expect(brier).toBeCloseTo((1 / 16 + 9 / 16 + 1 / 16) / 4, 12);
    // Bins of a quarter and of three quarters and more: |0.5 - 1| and |1.75 - 2|.
    expect(calibrationError).toBeCloseTo((0.5 + 0.25) / 4, 12);
  });

  it('has a finite loss for what was thought impossible', () => {
    expect(measureReliability([0], [1]).logLoss).toBeGreaterThan(30);
    expect(measureReliability([0], [1]).logLoss).toBeLessThan(40);
  });

  it('refuses what is no probability', () => {
    expect(() => measureReliability([1.1], [1])).toThrow(RangeError);
    expect(() => measureReliability([], [])).toThrow(RangeError);
    expect(() => measureReliability([0.5], [1], 0)).toThrow(RangeError);
  });
});
