import { describe, expect, it } from 'vitest';
import { measureEffect, RunningMoments, readFixed, readSequential } from '../../../../src/math/experiments/index.ts';
import { type SeededDraws, seededDraws } from '../../../../src/math/random/seeded-draws.ts';

/** Skewed, as amounts are; mean 1. */
const amount = (draws: SeededDraws) => draws.gamma(2) / 2;

describe('intervals where there is no effect', () => {
  it('hold as often as the fixed reading says, looked at once', () => {
    const draws = seededDraws(20_261_122);
    const runs = 2_000;
    let held = 0;
    for (let run = 0; run < runs; run++) {
      const [baseline, arm] = [new RunningMoments(), new RunningMoments()];
      for (let unit = 0; unit < 150; unit++) baseline.add(amount(draws));
      for (let unit = 0; unit < 300; unit++) arm.add(amount(draws));
      const { lift } = measureEffect(baseline.moments(), arm.moments(), 'MEAN').estimates;
      const [lower, upper] = lift ? readFixed(lift, 0.05).interval : [1, 1];
      if (lower <= 0 && upper >= 0) held++;
    }
    // Three deviations of a share of .95 over 2,000 runs are .0146.
    expect(Math.abs(held / runs - 0.95)).toBeLessThan(0.0146);
  });

  it('hold at all of sixty looks together as the sequential reading says, which the fixed one does not', () => {
    const draws = seededDraws(7);
    const runs = 400;
    const alarms = { fixed: 0, sequential: 0 };
    for (let run = 0; run < runs; run++) {
      const rang = { fixed: false, sequential: false };
      const [baseline, arm] = [new RunningMoments(), new RunningMoments()];
      for (let look = 0; look < 60; look++) {
        for (let unit = 0; unit < 50; unit++) {
          baseline.add(1 + draws.normal());
          arm.add(1 + draws.normal());
        }
        const { difference } = measureEffect(baseline.moments(), arm.moments(), 'MEAN').estimates;
        if (!difference) continue;
        rang.fixed ||= readFixed(difference, 0.05).p < 0.05;
        rang.sequential ||= readSequential(difference, { alpha: 0.05 }).p < 0.05;
      }
      if (rang.fixed) alarms.fixed++;
      if (rang.sequential) alarms.sequential++;
    }
    expect(alarms.sequential / runs).toBeLessThan(0.05);
    expect(alarms.fixed / runs).toBeGreaterThan(0.2);
  });
});
