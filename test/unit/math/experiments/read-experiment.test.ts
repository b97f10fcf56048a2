import { describe, expect, it } from 'vitest';
import {
  type ExperimentSample,
  type MetricSample,
  momentsOf,
  momentsOfProportion,
  readExperiment,
} from '../../../../src/math/experiments/index.ts';

const UNITS = [10_000, 10_000, 10_000];

function proportions(name: string, successes: readonly number[], more: Partial<MetricSample> = {}): MetricSample {
  return { name, kind: 'PROPORTION', moments: successes.map((count) => momentsOfProportion(count, 10_000)), ...more };
}

const SAMPLE: ExperimentSample = {
  units: UNITS,
  baseline: 0,
  metrics: [proportions('bought', [1_000, 1_300, 1_010])],
};

describe('readExperiment', () => {
  it('reads every arm against the baseline, wherever that stands', () => {
    const [first] = readExperiment(SAMPLE).metrics;
    expect(first?.arms.map(({ arm }) => arm)).toEqual([1, 2]);
    expect(first?.arms[0]?.lift).toBeCloseTo(0.3, 12);
    const [moved] = readExperiment({ ...SAMPLE, baseline: 1 }).metrics;
    expect(moved?.arms.map(({ arm }) => arm)).toEqual([0, 2]);
    expect(moved?.arms[0]?.lift).toBeCloseTo(-0.3 / 1.3, 12);
  });

  it('corrects all arms and metrics as one family, guardrails apart', () => {
    const metrics = [
      proportions('bought', [1_000, 1_070, 1_010]),
      proportions('visited', [2_000, 2_100, 1_990]),
      proportions('complained', [100, 104, 97], { isGuardrail: true, goal: 'DECREASE' }),
    ];
    const { metrics: readings } = readExperiment({ ...SAMPLE, metrics });
    const raw = readings.slice(0, 2).flatMap(({ arms }) => arms.map(({ fixed }) => fixed?.p ?? 1));
    const corrected = readings
      .slice(0, 2)
      .flatMap(({ arms }) => arms.map(({ pFixedCorrected }) => pFixedCorrected ?? 0));
    const least = Math.min(...raw);
    expect(corrected[raw.indexOf(least)]).toBeCloseTo(4 * least, 12);
    for (const [at, p] of raw.entries()) expect(corrected[at]).toBeGreaterThanOrEqual(p);
    for (const { fixed, pFixedCorrected, decision } of readings[2]?.arms ?? []) {
      expect(pFixedCorrected).toBe(fixed?.p);
      expect(decision).toBeNull();
    }
  });

  it('decides by the corrected p values', () => {
    // By itself the p of 1,095 against 1,000 at the horizon is .029; of two arms it is twice that.
    const metrics = [proportions('bought', [1_000, 1_095, 1_000])];
    const verdicts = (correction: 'HOLM' | 'NONE') =>
      readExperiment({ ...SAMPLE, metrics }, { horizonUnits: 30_000, correction }).metrics[0]?.arms.map(
        ({ decision }) => decision?.verdict,
      );
    expect(verdicts('NONE')).toEqual(['ADOPT', 'STOP_OPEN']);
    expect(verdicts('HOLM')).toEqual(['STOP_OPEN', 'STOP_OPEN']);
  });

  it('ends the arm whose guardrail is harmed, and that one alone', () => {
    const metrics = [
      proportions('bought', [1_000, 1_300, 1_300]),
      proportions('complained', [100, 300, 90], { isGuardrail: true, goal: 'DECREASE' }),
    ];
    const [bought] = readExperiment({ ...SAMPLE, metrics }).metrics;
    expect(bought?.arms.map(({ decision }) => decision?.verdict)).toEqual(['STOP_HARM', 'ADOPT']);
  });

  it('decides nothing where the split is broken', () => {
    const broken = readExperiment({ ...SAMPLE, units: [10_000, 10_000, 11_000] });
    expect(broken.sampleRatio.verdict).toBe('ALARM');
    expect(broken.metrics[0]?.arms.map(({ decision }) => decision?.verdict)).toEqual(['BROKEN', 'BROKEN']);
    const planned = readExperiment({ ...SAMPLE, units: [10_000, 10_000, 11_000], weights: [10, 10, 11] });
    expect(planned.sampleRatio).toMatchObject({ verdict: 'OK', p: 1 });
  });

  it('is defined for arms without units', () => {
    const metrics: MetricSample[] = [
      { name: 'spend', kind: 'MEAN', moments: [momentsOf([]), momentsOf([1, 2]), momentsOf([])] },
    ];
    const { sampleRatio, metrics: readings } = readExperiment({ units: [0, 2, 0], baseline: 0, metrics });
    expect(sampleRatio.verdict).toBe('TOO_FEW');
    for (const reading of readings[0]?.arms ?? []) {
      expect(reading).toMatchObject({ lift: null, fixed: null, pFixedCorrected: null, decision: { verdict: 'WAIT' } });
      expect(reading.notes).toEqual(['EMPTY_ARM']);
    }
  });

  it('refuses samples that do not belong together', () => {
    expect(() => readExperiment({ ...SAMPLE, baseline: 3 })).toThrow('baseline 3');
    expect(() => readExperiment({ ...SAMPLE, metrics: [] })).toThrow('a metric');
    expect(() => readExperiment({ ...SAMPLE, units: [10_000, 10_000] })).toThrow('for each of 2 arms');
    expect(() => readExperiment({ ...SAMPLE, units: [10_000, 10_000, 9_999] })).toThrow('more values than arm 2');
  });
});
