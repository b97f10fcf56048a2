import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RidgeProblem, solveRidge } from '../../../../src/math/ratings/ridge-taste.ts';

const number = fc.integer({ min: -9, max: 9 });

const anyProblem = fc.record({ width: fc.integer({ min: 1, max: 4 }), count: fc.nat(5) }).chain(({ width, count }) => {
  const numbers = (length: number) => fc.array(number, { minLength: length, maxLength: length });
  return fc.record({
    features: numbers(width * count),
    targets: numbers(count),
    penalties: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: width, maxLength: width }),
    prior: numbers(width),
  });
});

function loss({ features, targets, penalties, prior }: RidgeProblem, x: Float64Array): number {
  const misses = Array.from(targets, (target, r) => {
    const said = x.reduce((sum, value, f) => sum + value * (features[r * x.length + f] ?? 0), 0);
    return (said - target) ** 2;
  });
  const far = Array.from(penalties, (penalty, f) => penalty * ((x[f] ?? 0) - (prior?.[f] ?? 0)) ** 2);
  return [...misses, ...far].reduce((a, b) => a + b, 0);
}

describe('solveRidge', () => {
  it('finds the least loss: no step to any side makes it smaller', () => {
    fc.assert(
      fc.property(anyProblem, (problem) => {
        const x = solveRidge(problem);
        const least = loss(problem, x);
        for (let f = 0; f < x.length; f++) {
          for (const step of [-1e-3, 1e-3]) {
            const moved = x.map((value, g) => (g === f ? value + step : value));
            expect(loss(problem, moved)).toBeGreaterThan(least);
          }
        }
      }),
    );
  });

  it('stays at the prior where nothing was rated', () => {
    const x = solveRidge({ features: [], targets: [], penalties: [2, 3], prior: [1, -1] });
    expect([...x]).toEqual([expect.closeTo(1), expect.closeTo(-1)]);
  });

  it('refuses penalties that leave more than one solution', () => {
    expect(() => solveRidge({ features: [1, 1], targets: [1], penalties: [0, 0] })).toThrow(RangeError);
  });
});
