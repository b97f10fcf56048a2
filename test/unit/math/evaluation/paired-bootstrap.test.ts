import { describe, expect, it } from 'vitest';
import { pairedBootstrap, pooledBootstrap } from '../../../../src/math/evaluation/index.ts';
import { seededRandom } from '../../../../src/shared/random.ts';

const OPTIONS = { resamples: 2_000, seed: 1 };

/** Normal numbers of mean 0 and variance 1, near enough: the sum of twelve uniform ones less six. */
function noise(count: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length: count }, () => {
    let sum = -6;
    for (let n = 0; n < 12; n++) sum += random.next();
    return sum;
  });
}

describe('the paired bootstrap', () => {
  it('has an interval as wide as the theory of the mean says', () => {
    const second = noise(400, 1);
    const first = noise(400, 2).map((value, user) => value + (second[user] ?? 0) + 0.3);
    const { difference, lower, upper, p } = pairedBootstrap(first, second, OPTIONS);
    const mean = first.reduce((sum, value, user) => sum + value - (second[user] ?? 0), 0) / 400;
    expect(difference).toBeCloseTo(mean, 12);
    // The standard error is 1 / sqrt(400): 1.96 of it to each side.
    expect(upper - difference).toBeCloseTo(0.098, 1.5);
    expect(difference - lower).toBeCloseTo(0.098, 1.5);
    expect(p).toBe(1 / 2_001);
  });

  it('says that nothing differs where nothing does', () => {
    const same = noise(50, 3);
    expect(pairedBootstrap(same, same, OPTIONS)).toMatchObject({ difference: 0, lower: 0, upper: 0, p: 1 });
  });

  it('finds chance in chance: about one in twenty comparisons has p below 0.05', () => {
    let found = 0;
    for (let trial = 0; trial < 200; trial++) {
      const { p } = pairedBootstrap(noise(40, 2 * trial), noise(40, 2 * trial + 1), { resamples: 200, seed: trial });
      if (p < 0.05) found++;
    }
    // Mean 10, standard deviation 3.
    expect(found).toBeGreaterThan(1);
    expect(found).toBeLessThan(22);
  });

  it('is the same under the same seed, and mirrored when the two change places', () => {
    const [a, b] = [noise(60, 5), noise(60, 6)];
    const there = pairedBootstrap(a, b, OPTIONS);
    const back = pairedBootstrap(b, a, OPTIONS);
    expect(pairedBootstrap(a, b, OPTIONS)).toEqual(there);
    expect(back.p).toBe(there.p);
    expect(back.lower).toBeCloseTo(-there.upper, 12);
    expect(back.upper).toBeCloseTo(-there.lower, 12);
  });

  it.each([
    ['no users', [], [], OPTIONS],
    ['lists of two lengths', [1], [1, 2], OPTIONS],
    ['a number that is none', [Number.NaN], [1], OPTIONS],
    ['too few resamples', [1], [1], { ...OPTIONS, resamples: 99 }],
    ['a seed beyond 32 bits', [1], [1], { ...OPTIONS, seed: 2 ** 31 }],
  ])('refuses %s', (_, first, second, options) => {
    expect(() => pairedBootstrap(Float64Array.from(first), Float64Array.from(second), options)).toThrow(RangeError);
  });
});

describe('the pooled bootstrap', () => {
  const root = { ...OPTIONS, measure: Math.sqrt };

  it('measures over cases, not over users', () => {
    // Squared errors of 8 in two cases and 1 in one: the root of 9 / 3, less the root of 3 / 3.
    const cases = Float64Array.of(2, 1);
    const { difference } = pooledBootstrap(Float64Array.of(8, 1), Float64Array.of(2, 1), { ...root, cases });
    expect(difference).toBeCloseTo(Math.sqrt(3) - 1, 12);
  });

  it('is the paired one where each user has one case and the measure is the mean', () => {
    const [a, b] = [noise(60, 5), noise(60, 6)];
    const options = { ...OPTIONS, cases: new Float64Array(60).fill(1), measure: (mean: number) => mean };
    const { difference, lower, upper, p } = pooledBootstrap(a, b, options);
    const paired = pairedBootstrap(a, b, OPTIONS);
    expect([difference, lower, upper]).toEqual(
      [paired.difference, paired.lower, paired.upper].map((value) => expect.closeTo(value, 12)),
    );
    expect(p).toBe(paired.p);
  });

  it('refuses users without a case', () => {
    const two = Float64Array.of(1, 1);
    expect(() => pooledBootstrap(two, two, { ...root, cases: Float64Array.of(1, 0) })).toThrow(RangeError);
    expect(() => pooledBootstrap(two, two, { ...root, cases: Float64Array.of(1) })).toThrow(RangeError);
  });
});
