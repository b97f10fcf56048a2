import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shardBounds } from '../../../../src/recommendations/training/shard-bounds.ts';

describe('the bounds of shards', () => {
  it('share the work, not the rows', () => {
    expect(shardBounds(Float64Array.of(8, 1, 1, 1, 1, 4), 2)).toEqual([0, 1, 6]);
    expect(shardBounds(Float64Array.of(1, 1, 1, 1), 2)).toEqual([0, 2, 4]);
  });

  it('are one block for no rows, and by default follow from the work', () => {
    expect(shardBounds(new Float64Array(0), 5)).toEqual([0, 0]);
    expect(shardBounds(Float64Array.of(1, 2, 3), null)).toEqual([0, 3]);
    expect(shardBounds(new Float64Array(100).fill(1_000_000), null)).toHaveLength(6);
  });

  it('cover every row once, in blocks none of which is empty', () => {
    const work = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(work, fc.integer({ min: 1, max: 80 }), (rows, shardCount) => {
        const bounds = shardBounds(Float64Array.from(rows), shardCount);
        expect(bounds[0]).toBe(0);
        expect(bounds.at(-1)).toBe(rows.length);
        expect(bounds.length - 1).toBe(Math.min(shardCount, rows.length));
        bounds.slice(1).forEach((to, at) => {
          expect(to).toBeGreaterThan(bounds[at] ?? 0);
        });
      }),
    );
  });
});
