import { describe, expect, it } from 'vitest';
import { chooseHoldout } from '../../../../src/recommendations/training/holdout.ts';

const held = (times: readonly number[]) => [...chooseHoldout(Float64Array.from(times)).isHeldOut];

describe('what a model is measured by', () => {
  it('is the newest tenth, in whatever order it comes', () => {
    const times = Array.from({ length: 20 }, (_, at) => (at * 7) % 20);
    expect(chooseHoldout(Float64Array.from(times)).split).toBe('TIME');
    expect(times.filter((_, at) => held(times)[at] === 1).toSorted((a, b) => a - b)).toEqual([18, 19]);
  });

  it('is all of the newest moment where a tenth would cut it', () => {
    expect(held([1, 1, 1, 1, 2, 2, 2, 3, 3])).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 1]);
  });

  it('is every tenth one where nearly all happened at one moment', () => {
    const { split, isHeldOut } = chooseHoldout(new Float64Array(30).fill(5));
    expect(split).toBe('TENTH');
    expect([...isHeldOut].flatMap((one, at) => (one ? at : []))).toEqual([9, 19, 29]);
  });

  it('is nothing of nothing', () => {
    expect(held([])).toEqual([]);
  });
});
