import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TopK } from '../../../../src/math/selection/top-k.ts';

describe('the selection of the best k', () => {
  it('drains best first, and equal scores by tie key, then by index', () => {
    const best = new TopK(4);
    best.offer(0, 1, 9);
    best.offer(1, 3, 5);
    best.offer(2, 3, 4);
    best.offer(4, 2, 7);
    best.offer(3, 2, 7);
    const { indices, scores } = best.drain();
    expect([...indices]).toEqual([2, 1, 3, 4]);
    expect([...scores]).toEqual([3, 3, 2, 2]);
  });

  it('tells below which score an offer is in vain', () => {
    const best = new TopK(2);
    best.offer(0, 5);
    expect(best.floor).toBe(Number.NEGATIVE_INFINITY);
    best.offer(1, 7);
    expect(best.floor).toBe(5);
    best.offer(2, 6);
    expect(best.floor).toBe(6);
  });

  it('is empty again after it was drained', () => {
    const best = new TopK(2);
    best.offer(0, 5);
    best.drain();
    expect(best.drain().indices).toHaveLength(0);
    best.offer(1, 1);
    expect([...best.drain().indices]).toEqual([1]);
  });

  it('refuses to keep less than one', () => {
    expect(() => new TopK(0)).toThrow(RangeError);
    expect(() => new TopK(1.5)).toThrow(RangeError);
  });

  it('keeps what a complete sort would put first, whatever the order of the offers', () => {
    const offer = fc.record({ score: fc.integer({ min: -3, max: 3 }), tie: fc.integer({ min: 0, max: 3 }) });
    fc.assert(
      fc.property(
        fc.array(offer, { maxLength: 40 }),
        fc.integer({ min: 1, max: 12 }),
        fc.boolean(),
        (offers, k, back) => {
          const numbered = offers.map((o, index) => ({ ...o, index }));
          const best = new TopK(k);
          for (const o of back ? numbered.toReversed() : numbered) best.offer(o.index, o.score, o.tie);
          const sorted = numbered.sort((a, b) => b.score - a.score || a.tie - b.tie || a.index - b.index);
          expect([...best.drain().indices]).toEqual(sorted.slice(0, k).map((o) => o.index));
        },
      ),
      { numRuns: 500 },
    );
  });
});
