import { describe, expect, it } from 'vitest';
import { tieKey } from '../../../../src/math/selection/tie-key.ts';

describe('the tie key', () => {
  it('depends on seed, learner and item', () => {
    const keys = [tieKey(1, 2, 3), tieKey(2, 2, 3), tieKey(1, 3, 3), tieKey(1, 2, 4), tieKey(1, 3, 2)];
    expect(new Set(keys).size).toBe(keys.length);
    expect(tieKey(1, 2, 3)).toBe(keys[0]);
  });

  it('spreads evenly over 32 bits', () => {
    const counts = new Array<number>(16).fill(0);
    for (let user = 0; user < 100; user++) {
      for (let item = 0; item < 160; item++) {
        const bucket = Math.floor(tieKey(1, user, item) / 2 ** 28);
        counts[bucket] = (counts[bucket] ?? 0) + 1;
      }
    }
    // 16,000 keys in 16 buckets: mean 1,000, standard deviation 31.
    expect(Math.min(...counts)).toBeGreaterThan(850);
    expect(Math.max(...counts)).toBeLessThan(1150);
  });
});
