import { describe, expect, it } from 'vitest';
import {
  DEFAULT_TRUST_RULES,
  estimatePolicy,
  expectRewards,
  type LoggedChoices,
} from '../../../../src/math/bandits/index.ts';
import { seededDraws } from '../../../../src/math/random/seeded-draws.ts';

/** Weights 2, 1, .5, 0; earned 2, 0, 1.5, 0. */
const SMALL: LoggedChoices = {
  rewards: [1, 0, 3, 5],
  propensities: [0.25, 0.5, 0.5, 0.1],
  targets: [0.5, 0.5, 0.25, 0],
};

const codesOf = (log: LoggedChoices, options = {}) =>
  estimatePolicy(log, options).trust.reasons.map(({ code }) => code);

describe('estimatePolicy', () => {
  it('weighs what was earned', () => {
    const { ips, snips, dr, ess, meanWeight, maxWeight, loggedMean, clippedRows } = estimatePolicy(SMALL);
    // Mean of 2, 0, 1.5, 0 is .875, its squared distances 3.1875.
    expect(ips.value).toBeCloseTo(0.875, 12);
    expect(ips.standardError).toBeCloseTo(Math.sqrt(3.1875 / 3 / 4), 12);
    expect(ips.interval[1] - ips.interval[0]).toBeCloseTo(2 * 1.959963984540054 * ips.standardError, 12);
    // 3.5 / 3.5 = 1; deviations w (r - 1): 0, -1, 1, 0.
    expect(snips?.value).toBeCloseTo(1, 12);
    expect(snips?.standardError).toBeCloseTo(Math.sqrt(2) / 3.5, 12);
    expect(ess).toBeCloseTo(3.5 ** 2 / 5.25, 12);
    expect({ dr, meanWeight, maxWeight, loggedMean, clippedRows }).toEqual({
      dr: null,
      meanWeight: 0.875,
      maxWeight: 2,
      loggedMean: 2.25,
      clippedRows: 0,
    });
  });

  it('adds to what a model expects what it did not', () => {
    // Policy 1, 1, 2, 2 plus 2 (1 - 1), 1 (0 - 1), .5 (3 - 1), 0: 1, 0, 3, 2.
    const modelled = { chosen: [1, 1, 1, 7], policy: [1, 1, 2, 2] };
    const { dr } = estimatePolicy({ ...SMALL, modelled });
    expect(dr?.value).toBeCloseTo(1.5, 12);
    expect(dr?.standardError).toBeCloseTo(Math.sqrt(5 / 3 / 4), 12);
  });

  it('cuts weights only when told to, and judges them as they were', () => {
    const cut = estimatePolicy(SMALL, { clip: 1 });
    // Weights 1, 1, .5, 0: earned 1, 0, 1.5, 0.
    expect(cut.ips.value).toBeCloseTo(0.625, 12);
    expect(cut.snips?.value).toBeCloseTo(1, 12);
    expect(cut).toMatchObject({ clippedRows: 1, maxWeight: 2, ess: estimatePolicy(SMALL).ess });
    expect(cut.trust).toEqual(estimatePolicy(SMALL).trust);
  });

  it('has no self-normalised value for a policy that chooses nothing of the log', () => {
    const reading = estimatePolicy({ ...SMALL, targets: [0, 0, 0, 0], unsupported: 1 });
    expect(reading).toMatchObject({
      snips: null,
      ess: 0,
      ips: { value: 0, standardError: 0 },
      trust: { isTrusted: false },
    });
  });

  it('refuses logs that are none', () => {
    expect(() => estimatePolicy({ rewards: [1], propensities: [1], targets: [1] })).toThrow('at least two rows');
    expect(() => estimatePolicy({ ...SMALL, propensities: [0, 1, 1, 1] })).toThrow('propensity at position 0');
    expect(() => estimatePolicy({ ...SMALL, targets: [1, 1, 1, 1.2] })).toThrow('target at position 3');
    expect(() => estimatePolicy({ ...SMALL, targets: [1] })).toThrow('one number of each kind');
    expect(() => estimatePolicy(SMALL, { clip: 0 })).toThrow('cut at a number above 0');
  });

  it('covers the truth about as often as it says, by each of its ways', () => {
    const draws = seededDraws(99);
    const truth = [0.3, 0.5, 0.1];
    const logged = [0.5, 0.3, 0.2];
    const policy = [0.2, 0.6, 0.2];
    const value = truth.reduce((sum, rate, arm) => sum + rate * (policy[arm] as number), 0);
    const held = { ips: 0, snips: 0, dr: 0 };
    const runs = 300;
    for (let run = 0; run < runs; run++) {
      const arms = Array.from({ length: 400 }, () => {
        const u = draws.uniform();
        return u < 0.5 ? 0 : u < 0.8 ? 1 : 2;
      });
      const rewards = arms.map((arm) => (draws.uniform() < (truth[arm] as number) ? 1 : 0));
      const modelled = expectRewards({ rewards, arms }, { armCount: 3, positionCount: 1, probabilities: policy });
      const propensities = arms.map((arm) => logged[arm] as number);
      const targets = arms.map((arm) => policy[arm] as number);
      const reading = estimatePolicy({ rewards, propensities, targets, modelled });
      for (const way of ['ips', 'snips', 'dr'] as const) {
        const [lower, upper] = reading[way]?.interval ?? [1, 1];
        if (lower <= value && value <= upper) held[way]++;
      }
    }
    // Three deviations of a share of .95 over 300 runs are .038.
    for (const count of Object.values(held)) expect(Math.abs(count / runs - 0.95)).toBeLessThan(0.038);
  });
});

describe('trust', () => {
  /** A policy judged by its own log: every weight is 1. */
  const own = (rows: number, reward: (row: number) => number = () => 1): LoggedChoices => ({
    rewards: Array.from({ length: rows }, (_, row) => reward(row)),
    propensities: new Array<number>(rows).fill(0.5),
    targets: new Array<number>(rows).fill(0.5),
  });

  it('is given where every row counts', () => {
    expect(estimatePolicy(own(500)).trust).toEqual({ isTrusted: true, reasons: [] });
  });

  it('is not given to few rows', () => {
    const { trust } = estimatePolicy(own(150));
    expect(trust).toEqual({
      isTrusted: false,
      reasons: [{ code: 'FEW_EFFECTIVE_ROWS', reason: '150 rows count for 150; at least 200 are needed.' }],
    });
    expect(codesOf(own(150), { trust: { ...DEFAULT_TRUST_RULES, leastEss: 100 } })).toEqual([]);
  });

  it('is not given to few rows that earned something', () => {
    expect(codesOf(own(500, (row) => (row < 19 ? 1 : 0)))).toEqual(['FEW_EFFECTIVE_REWARDS']);
    expect(codesOf(own(500, (row) => (row < 20 ? 1 : 0)))).toEqual([]);
  });

  it('is not given where few rows carry the weight', () => {
    // One row in fifty has the weight 50, as its chance was a fiftieth of what is wanted; the others have none.
    const rows = 20_000;
    const log: LoggedChoices = {
      rewards: new Array<number>(rows).fill(1),
      propensities: Array.from({ length: rows }, (_, row) => (row % 50 === 0 ? 0.02 : 0.98)),
      targets: Array.from({ length: rows }, (_, row) => (row % 50 === 0 ? 1 : 0)),
    };
    expect(estimatePolicy(log).ess).toBeCloseTo(400, 9);
    expect(codesOf(log)).toEqual(['SMALL_EFFECTIVE_SHARE']);
  });

  it('is not given where one row carries a twentieth', () => {
    const log = own(1_000);
    const propensities = log.propensities as number[];
    propensities[3] = 0.005;
    expect(codesOf(log)).toContain('ONE_ROW_WEIGHS_TOO_MUCH');
  });

  it('is not given where weights do not average to one, save what rounding explains', () => {
    const log = own(1_000);
    expect(codesOf({ ...log, propensities: new Array<number>(1_000).fill(0.4) })).toEqual([
      'WEIGHTS_DO_NOT_AVERAGE_TO_ONE',
    ]);
    expect(codesOf({ ...log, propensities: new Array<number>(1_000).fill(0.498) })).toEqual([]);
  });

  it('is not given to a policy that chooses what the log never did', () => {
    expect(codesOf({ ...own(1_000), unsupported: 0.2 })).toEqual(['ARMS_WITHOUT_SUPPORT']);
  });
});

describe('expectRewards', () => {
  it('expects of a row what the other four fifths earned, drawn to the mean', () => {
    // Rows 0 and 5 are one fold. Without them arm 0 earned nothing in four rows and arm 1 four times in four.
    const rows = { rewards: [9, 0, 0, 1, 1, 9, 0, 0, 1, 1], arms: [0, 0, 0, 1, 1, 1, 0, 0, 1, 1] };
    const modelled = expectRewards(rows, { armCount: 2, positionCount: 1, probabilities: [0.25, 0.75] });
    // Mean 1/2: arm 0 is (0 + 50/2) / 54 and then (0 + 50 of that) / 54; arm 1 is as far above the mean.
    const below = (50 * (25 / 54)) / 54;
    const above = (4 + (50 * 29) / 54) / 54;
    expect(modelled?.chosen[0]).toBeCloseTo(below, 12);
    expect(modelled?.chosen[5]).toBeCloseTo(above, 12);
    expect(modelled?.policy[0]).toBeCloseTo(0.25 * below + 0.75 * above, 12);
  });

  it('tells positions apart', () => {
    const rewards = Array.from({ length: 2_000 }, (_, row) => (row % 2 === 0 ? 1 : 0));
    const positions = rewards.map((reward) => 1 - reward);
    const table = { armCount: 1, positionCount: 2, probabilities: [1, 1] };
    const modelled = expectRewards({ rewards, arms: rewards.map(() => 0), positions }, table);
    expect(modelled?.policy[0]).toBeGreaterThan(0.95);
    expect(modelled?.policy[1]).toBeLessThan(0.05);
  });

  it('has no model of a few rows, and refuses rows that do not fit', () => {
    const table = { armCount: 1, positionCount: 1, probabilities: [1] };
    expect(expectRewards({ rewards: [1, 2], arms: [0, 0] }, table)).toBeNull();
    expect(() => expectRewards({ rewards: [1, 2], arms: [0, 1] }, table)).toThrow('arm 1 at position 1');
    expect(() => expectRewards({ rewards: [1, 2], arms: [0] }, table)).toThrow('an arm for each reward');
  });
});
