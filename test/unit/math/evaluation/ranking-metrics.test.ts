import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averagePrecisionAt, ndcgAt, recallAt } from '../../../../src/math/evaluation/ranking-metrics.ts';

/** Hits at ranks 1 and 3 of four; one more relevant item was not found. */
const marks = Uint8Array.of(1, 0, 1, 0);
const relevantCount = 3;

describe('the metrics of one ranking', () => {
  it('recall divides the hits by all relevant items', () => {
    expect(recallAt(marks, { k: 2, relevantCount })).toBe(1 / 3);
    expect(recallAt(marks, { k: 3, relevantCount })).toBe(2 / 3);
    expect(recallAt(marks, { k: 20, relevantCount })).toBe(2 / 3);
  });

  it('ndcg discounts by rank and has its ideal cut at k', () => {
    expect(ndcgAt(marks, { k: 1, relevantCount })).toBe(1);
    // Ranks 1 and 2 at best: 1 + 1/log2(3) = 1.63093.
    expect(ndcgAt(marks, { k: 2, relevantCount })).toBeCloseTo(1 / 1.63093, 5);
    // Ranks 1 and 3 gain 1 + 1/2; ranks 1 to 3 at best 2.13093.
    expect(ndcgAt(marks, { k: 4, relevantCount })).toBeCloseTo(1.5 / 2.13093, 5);
  });

  it('average precision means over what the head could hold', () => {
    expect(averagePrecisionAt(marks, { k: 1, relevantCount })).toBe(1);
    expect(averagePrecisionAt(marks, { k: 2, relevantCount })).toBe(1 / 2);
    // Precision 1 at rank 1 and 2/3 at rank 3, of three relevant items.
    expect(averagePrecisionAt(marks, { k: 4, relevantCount })).toBeCloseTo((1 + 2 / 3) / 3, 15);
  });

  it('lie from 0 to 1, are 0 without a hit and 1 for an ideal ranking', () => {
    const metrics = [recallAt, ndcgAt, averagePrecisionAt];
    const anyMarks = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(anyMarks, fc.integer({ min: 1, max: 40 }), fc.nat(10), (list, k, missed) => {
        const hits = list.filter((mark) => mark === 1).length;
        const relevantCount = Math.max(1, hits + missed);
        const ideal = Uint8Array.from({ length: relevantCount }, () => 1);
        for (const metric of metrics) {
          const value = metric(Uint8Array.from(list), { k, relevantCount });
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1 + 1e-12);
          if (!list.slice(0, k).includes(1)) expect(value).toBe(0);
          expect(metric(ideal, { k: relevantCount, relevantCount })).toBeCloseTo(1, 12);
        }
      }),
    );
  });

  it('do not fall when a hit moves up', () => {
    const late = Uint8Array.of(0, 0, 1, 1);
    const early = Uint8Array.of(0, 1, 0, 1);
    expect(ndcgAt(early, { k: 4, relevantCount })).toBeGreaterThan(ndcgAt(late, { k: 4, relevantCount }));
    expect(averagePrecisionAt(early, { k: 4, relevantCount })).toBeGreaterThan(
      averagePrecisionAt(late, { k: 4, relevantCount }),
    );
  });
});
