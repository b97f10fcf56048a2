import { describe, expect, it } from 'vitest';
import { seededDraws } from '../../../../src/math/random/seeded-draws.ts';

const COUNT = 20_000;

function moments(draw: () => number): { mean: number; variance: number } {
  const values = Array.from({ length: COUNT }, draw);
  const mean = values.reduce((a, b) => a + b, 0) / COUNT;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / COUNT };
}

describe('seededDraws', () => {
  it('draws the same with the same seed, and other things with another', () => {
    const five = (seed: number) => {
      const draws = seededDraws(seed);
      return [draws.uniform(), draws.normal(), draws.normal(), draws.gamma(3), draws.uniform()];
    };
    expect(five(7)).toEqual(five(7));
    expect(five(7)).not.toEqual(five(8));
  });

  it('draws normal numbers with mean 0 and variance 1', () => {
    const { mean, variance } = moments(seededDraws(1).normal);
    expect(mean).toBeCloseTo(0, 1);
    expect(variance).toBeCloseTo(1, 1);
  });

  it.each([1, 2.5, 40])('draws gamma numbers whose mean and variance are the shape %d', (shape) => {
    const draws = seededDraws(2);
    const { mean, variance } = moments(() => draws.gamma(shape));
    expect(Math.abs(mean / shape - 1)).toBeLessThan(0.03);
    expect(Math.abs(variance / shape - 1)).toBeLessThan(0.1);
  });

  it('shuffles without losing anything, every element to every place', () => {
    const draws = seededDraws(3);
    const seen = new Set<string>();
    for (let turn = 0; turn < 200; turn++) {
      const order = Int32Array.of(0, 1, 2);
      draws.shuffle(order);
      expect(order.toSorted()).toEqual(Int32Array.of(0, 1, 2));
      seen.add(order.join());
    }
    expect(seen.size).toBe(6);
  });

  it('refuses a seed that is no integer of 32 bits', () => {
    expect(() => seededDraws(0.5)).toThrow(RangeError);
    expect(() => seededDraws(2 ** 31)).toThrow(RangeError);
  });
});
