import { describe, expect, it } from 'vitest';
import {
  BudgetConflictError,
  gainOfNext,
  type RevenueOption,
  responseAt,
  revenueFrontier,
  type SpendOption,
  shareBudget,
  shareByLambda,
} from '../../../../src/math/optimisation/index.ts';
import { seededDraws } from '../../../../src/math/random/seeded-draws.ts';

function anOption(
  id: string,
  most: number,
  pace: number,
  bounds: { floor?: bigint; ceiling?: bigint } = {},
): SpendOption {
  return { id, curve: { most, pace }, floorMinor: bounds.floor ?? 0n, ceilingMinor: bounds.ceiling ?? null };
}

function randomOptions(seed: number, { count, size }: { count: number; size: number }): SpendOption[] {
  const { uniform } = seededDraws(seed);
  return Array.from({ length: count }, (_, o) => {
    const floor = BigInt(Math.floor(uniform() < 0.4 ? (uniform() * size) / count / 2 : 0));
    const bounds = uniform() < 0.4 ? { floor, ceiling: floor + BigInt(Math.floor((uniform() * size) / 2)) } : { floor };
    return anOption(`option-${o}`, size * 5 * uniform() ** 2, 1 + size * uniform(), bounds);
  });
}

/** What no single unit can be moved to gain: the KKT conditions of whole numbers. */
function expectSettled(options: readonly SpendOption[], budget: bigint, leastReturn = 0): void {
  const { shares, spentMinor, unspentMinor, shadowPrice } = shareBudget(options, budget, { leastReturn });
  expect(spentMinor + unspentMinor).toBe(budget);
  const state = shares.map(({ spendMinor }, o) => {
    const { curve, floorMinor, ceilingMinor } = options[o] as SpendOption;
    expect(spendMinor).toBeGreaterThanOrEqual(floorMinor);
    if (ceilingMinor !== null) expect(spendMinor).toBeLessThanOrEqual(ceilingMinor);
    const level = Number(spendMinor);
    return {
      gain: spendMinor === ceilingMinor ? Number.NEGATIVE_INFINITY : gainOfNext(curve, level),
      loss: spendMinor === floorMinor ? Number.POSITIVE_INFINITY : gainOfNext(curve, level - 1),
    };
  });
  const most = Math.max(...state.map(({ gain }) => gain));
  expect(Math.min(...state.map(({ loss }) => loss))).toBeGreaterThanOrEqual(most);
  if (unspentMinor > 0n) expect(most).toBeLessThanOrEqual(leastReturn);
  expect(shadowPrice).toBe(most > leastReturn ? most : 0);
}

describe('sharing a budget', () => {
  it('brings what the best of all shares brings', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const options = randomOptions(seed, { count: 3, size: 12 });
      const budget = 14n;
      const { response } = shareBudget(options, budget);
      let best = 0;
      for (let a = 0; a <= 14; a++) {
        for (let b = 0; a + b <= 14; b++) {
          for (let c = 0; a + b + c <= 14; c++) {
            const levels = [a, b, c];
            const fits = options.every(({ floorMinor, ceilingMinor }, o) => {
              const level = BigInt(levels[o] ?? 0);
              return level >= floorMinor && level <= (ceilingMinor ?? budget);
            });
            if (fits)
              best = Math.max(
                best,
                options.reduce((sum, { curve }, o) => sum + responseAt(curve, levels[o] ?? 0), 0),
              );
          }
        }
      }
      expect(response, `seed ${seed}`).toBeCloseTo(best, 9);
    }
  });

  it('leaves no unit that would bring more elsewhere, to the minor unit', () => {
    for (let seed = 1; seed <= 200; seed++) {
      expectSettled(randomOptions(seed, { count: 8, size: 1_000_000 }), 1_234_567n);
      expectSettled(randomOptions(seed, { count: 5, size: 1_000 }), 999n, 0.5);
    }
    expectSettled(randomOptions(1, { count: 6, size: 10 ** 12 }), 10n ** 13n);
  });

  it('has the closed form of two alike, and of equal marginal returns', () => {
    const alike = shareBudget([anOption('a', 100, 50), anOption('b', 100, 50)], 101n);
    expect(alike.shares.map(({ spendMinor }) => spendMinor)).toEqual([51n, 50n]);
    // x_a - x_b = pace ln(most_a / most_b), when the paces are one.
    const uneven = shareBudget([anOption('a', 200, 10_000), anOption('b', 100, 10_000)], 100_000n);
    const [a = 0n, b = 0n] = uneven.shares.map(({ spendMinor }) => spendMinor);
    expect(Number(a - b)).toBeCloseTo(10_000 * Math.log(2), -1);
  });

  it('keeps floors and ceilings, says who stands there, and why something is left', () => {
    const options = [
      anOption('poor', 1, 100, { floor: 40n, ceiling: 60n }),
      anOption('rich', 1_000, 100, { ceiling: 50n }),
    ];
    const tight = shareBudget(options, 80n);
    expect(tight.shares.map(({ spendMinor, at }) => [spendMinor, at])).toEqual([
      [40n, 'FLOOR'],
      [40n, 'BETWEEN'],
    ]);
    const ample = shareBudget(options, 200n);
    expect(ample).toMatchObject({ spentMinor: 110n, unspentMinor: 90n, shadowPrice: 0 });
    expect(ample.unspentReason).toBe('Everything stands at its ceiling.');
    const choosy = shareBudget(options, 200n, { leastReturn: 0.5 });
    expect(choosy.shares.map(({ spendMinor }) => spendMinor)).toEqual([40n, 50n]);
    expect(choosy.unspentReason).toContain('no more than 0.5 in poor');
  });

  it('names floors that come to more than the budget', () => {
    const options = [anOption('a', 1, 1, { floor: 60n }), anOption('b', 1, 1), anOption('c', 1, 1, { floor: 50n })];
    const share = () => shareBudget(options, 100n);
    expect(share).toThrow(BudgetConflictError);
    expect(share).toThrow('The budget of 100 minor units contradicts the floors, which come to 110: a 60, c 50.');
  });

  it.each([
    ['nothing to spend on', [], 'something to spend'],
    ['an option twice', [anOption('a', 1, 1), anOption('a', 1, 1)], 'a stands there twice'],
    ['a pace of 0', [anOption('a', 1, 0)], 'the pace of a'],
    [
      'a ceiling below its floor',
      [anOption('a', 1, 1, { floor: 5n, ceiling: 4n })],
      'the ceiling of a, 4, is below its floor, 5',
    ],
  ])('refuses %s', (_what, options, reason) => {
    expect(() => shareBudget(options, 10n)).toThrow(reason);
  });
});

describe('commerce and course revenue', () => {
  const options: RevenueOption[] = [
    { ...anOption('shop', 9_000, 3_000), revenue: 'COMMERCE' },
    { ...anOption('travel', 4_000, 1_000), revenue: 'COMMERCE' },
    { ...anOption('courses', 7_000, 2_500), revenue: 'COURSE' },
  ];

  it('are on a frontier: with lambda commerce rises, courses fall, and both are spent on wholly', () => {
    const frontier = revenueFrontier(options, 8_000n, { points: 21 });
    expect(frontier.map(({ lambda }) => lambda)).toEqual(Array.from({ length: 21 }, (_, p) => p / 20));
    for (const [p, point] of frontier.entries()) {
      expect(point.shares.spentMinor).toBe(8_000n);
      const before = frontier[p - 1];
      if (!before) continue;
      expect(point.commerce).toBeGreaterThanOrEqual(before.commerce);
      expect(point.course).toBeLessThanOrEqual(before.course);
    }
    expect(frontier[10]?.commerce).toBeGreaterThan(frontier[0]?.commerce ?? 0);
  });

  it('add up to the most at one half, where both count the same', () => {
    const half = shareByLambda(options, 8_000n, { lambda: 0.5 });
    const plain = shareBudget(options, 8_000n);
    expect(half.commerce + half.course).toBeCloseTo(plain.response, 6);
    expect(half.shares.shares.map(({ spendMinor }) => spendMinor)).toEqual(
      plain.shares.map(({ spendMinor }) => spendMinor),
    );
  });

  it('refuse a weight beyond 1', () => {
    expect(() => shareByLambda(options, 8_000n, { lambda: 1.5 })).toThrow('lambda must be from 0 to 1');
  });
});
