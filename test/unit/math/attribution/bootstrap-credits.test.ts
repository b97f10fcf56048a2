import { describe, expect, it } from 'vitest';
import { bootstrapCredits, CHANNEL_MODELS, DEFAULT_SETTINGS } from '../../../../src/math/attribution/index.ts';
import { drawBinomial, multinomialSampler } from '../../../../src/math/attribution/multinomial.ts';
import { seededDraws } from '../../../../src/math/random/seeded-draws.ts';
import { tableOf } from './path-fixtures.ts';

const lastTouch = CHANNEL_MODELS.LAST_TOUCH(DEFAULT_SETTINGS);

describe('bootstrapCredits', () => {
  it('is as wide as the binomial distribution says, for a share of the journeys', () => {
    const paths = tableOf([
      { path: 'a', conversions: 200, value: 600, nulls: 500 },
      { path: 'b', conversions: 100, value: 0, nulls: 200 },
    ]);
    const [a, b] = bootstrapCredits(paths, lastTouch, { resamples: 4_000, seed: 1 });
    const half = 1.96 * Math.sqrt(1_000 * 0.2 * 0.8);
    expect(a?.conversions.lower).toBeGreaterThan(200 - 1.1 * half);
    expect(a?.conversions.lower).toBeLessThan(200 - 0.9 * half);
    expect(a?.conversions.upper).toBeGreaterThan(200 + 0.9 * half);
    expect(a?.conversions.upper).toBeLessThan(200 + 1.1 * half);
    expect(a?.value.lower).toBeCloseTo(3 * (a?.conversions.lower ?? 0), 6);
    expect(b?.value).toEqual({ lower: 0, upper: 0 });
  });

  it('keeps the total of journeys that are no whole numbers', () => {
    const paths = tableOf([{ path: 'a', conversions: 2.5, value: 5 }]);
    const [a] = bootstrapCredits(paths, lastTouch, { resamples: 100, seed: 1 });
    expect(a?.conversions).toEqual({ lower: 2.5, upper: 2.5 });
    expect(a?.value).toEqual({ lower: 5, upper: 5 });
  });

  it('draws from a billion journeys as from a hundred', () => {
    const paths = tableOf([
      { path: 'a', conversions: 3e8, nulls: 5e8 },
      { path: 'b', conversions: 1e8, nulls: 1e8 },
    ]);
    const [a] = bootstrapCredits(paths, lastTouch, { resamples: 500, seed: 1 });
    const deviation = Math.sqrt(1e9 * 0.3 * 0.7);
    const width = (a?.conversions.upper ?? 0) - (a?.conversions.lower ?? 0);
    expect(width / (2 * 1.96 * deviation)).toBeGreaterThan(0.85);
    expect(width / (2 * 1.96 * deviation)).toBeLessThan(1.15);
  });

  it('refuses to draw from nothing, and options out of bounds', () => {
    const paths = tableOf([{ path: 'a', conversions: 1 }]);
    expect(() => bootstrapCredits(tableOf([]), lastTouch, { resamples: 100, seed: 1 })).toThrow('no journeys');
    expect(() => bootstrapCredits(paths, lastTouch, { resamples: 99, seed: 1 })).toThrow('resamples');
    expect(() => bootstrapCredits(paths, lastTouch, { resamples: 100, seed: 0.5 })).toThrow('seed');
  });
});

describe('multinomialSampler', () => {
  it.each([5, 100, 20_000])('deals out all of %i draws, none to a cell without weight', (draws) => {
    const weights = Float64Array.from([0, 1, 0, 3, 0.5, 0]);
    const sampler = multinomialSampler(weights, seededDraws(3));
    const counts = new Float64Array(weights.length);
    for (let times = 0; times < 50; times++) {
      sampler.draw(counts, draws);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(draws);
      expect([counts[0], counts[2], counts[5]]).toEqual([0, 0, 0]);
    }
  });

  it.each([
    ['one by one', 10],
    ['by halves', 4_000],
  ])('has the mean and the deviation of its cells, %s', (_, draws) => {
    const weights = Float64Array.from([1, 2, 3, 4]);
    const sampler = multinomialSampler(weights, seededDraws(4));
    const rounds = 4_000;
    const sums = new Float64Array(4);
    const squares = new Float64Array(4);
    const counts = new Float64Array(4);
    for (let times = 0; times < rounds; times++) {
      sampler.draw(counts, draws);
      for (const [cell, count] of counts.entries()) {
        sums[cell] = (sums[cell] ?? 0) + count;
        squares[cell] = (squares[cell] ?? 0) + count ** 2;
      }
    }
    for (const [cell, weight] of weights.entries()) {
      const [mean, variance] = [(draws * weight) / 10, draws * (weight / 10) * (1 - weight / 10)];
      const found = (sums[cell] ?? 0) / rounds;
      expect(Math.abs(found - mean)).toBeLessThan(4 * Math.sqrt(variance / rounds));
      expect(((squares[cell] ?? 0) / rounds - found ** 2) / variance).toBeCloseTo(1, 0);
    }
  });
});

describe('drawBinomial', () => {
  it('takes each number as often as the distribution says', () => {
    const [trials, probability, rounds] = [40, 0.3, 40_000];
    const random = seededDraws(9);
    const seen = new Float64Array(trials + 1);
    for (let times = 0; times < rounds; times++) {
      const count = drawBinomial({ trials, probability }, random);
      seen[count] = (seen[count] ?? 0) + 1;
    }
    let chance = (1 - probability) ** trials;
    for (let count = 0; count <= trials; count++) {
      const expected = chance * rounds;
      if (expected > 50) expect(Math.abs((seen[count] ?? 0) - expected)).toBeLessThan(4.5 * Math.sqrt(expected));
      chance *= ((trials - count) / (count + 1)) * (probability / (1 - probability));
    }
  });

  it('is sure of what is sure', () => {
    const random = seededDraws(1);
    expect(drawBinomial({ trials: 1_000, probability: 0 }, random)).toBe(0);
    expect(drawBinomial({ trials: 1_000, probability: 1 }, random)).toBe(1_000);
    expect(drawBinomial({ trials: 0, probability: 0.5 }, random)).toBe(0);
  });
});
