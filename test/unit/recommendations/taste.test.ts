import { describe, expect, it } from 'vitest';
import { type HistoryEntry, nearTo } from '../../../src/recommendations/taste.ts';

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 10, 1);

function entry(contentId: string, options: Partial<HistoryEntry>): HistoryEntry {
  return {
    contentId,
    title: `Title of ${contentId}`,
    interactions: [],
    neighbourIds: [],
    similarities: [],
    ...options,
  };
}

const liked = { kind: 'LIKE' as const, value: 0, occurredAtMs: NOW_MS };

describe('what is near to a taste', () => {
  it('is the mean similarity to what was done, weighted by log(1 + weight)', () => {
    const near = nearTo([
      entry('a', { interactions: [liked], neighbourIds: ['x', 'y'], similarities: [0.5, 0.2] }),
      entry('b', {
        interactions: [{ kind: 'VIEW', value: 0, occurredAtMs: NOW_MS - 30 * DAY_MS }],
        neighbourIds: ['y'],
        similarities: [0.8],
      }),
    ]);
    // A like of today weighs 3, a view of 30 days ago 1/2: log(4) = 1.386294 and log(1.5) = 0.405465, 1.791759 in all.
    // x: 0.5 * 1.386294 / 1.791759 = 0.386853. y: (0.2 * 1.386294 + 0.8 * 0.405465) / 1.791759 = 0.335777.
    expect(near.map((one) => one.contentId)).toEqual(['x', 'y']);
    expect(near[0]?.taste).toBeCloseTo(0.386853, 6);
    expect(near[1]?.taste).toBeCloseTo(0.335777, 6);
  });

  it('names the content that brought most, and the strongest thing done with it', () => {
    const near = nearTo([
      entry('a', { interactions: [liked], neighbourIds: ['y'], similarities: [0.2] }),
      entry('b', {
        interactions: [
          { kind: 'VIEW', value: 0, occurredAtMs: NOW_MS },
          { kind: 'PURCHASE', value: 0, occurredAtMs: NOW_MS - DAY_MS },
        ],
        neighbourIds: ['y'],
        similarities: [0.8],
      }),
    ]);
    expect(near[0]?.because).toEqual({ contentId: 'b', title: 'Title of b', kind: 'PURCHASE' });
  });

  it('takes nothing from what was dismissed or rated badly', () => {
    const neighbours = { neighbourIds: ['x'], similarities: [0.9] };
    const dismissed = { kind: 'DISMISS' as const, value: 0, occurredAtMs: NOW_MS };
    const badlyRated = { kind: 'RATE' as const, value: 1, occurredAtMs: NOW_MS };
    expect(nearTo([entry('a', { interactions: [liked, dismissed], ...neighbours })])).toEqual([]);
    expect(nearTo([entry('a', { interactions: [badlyRated], ...neighbours })])).toEqual([]);
  });

  it('does not depend on the day: it is taken at the newest interaction', () => {
    const history = (shiftMs: number) => [
      entry('a', {
        interactions: [{ ...liked, occurredAtMs: NOW_MS - shiftMs }],
        neighbourIds: ['x'],
        similarities: [0.5],
      }),
      entry('b', {
        interactions: [{ kind: 'VIEW' as const, value: 0, occurredAtMs: NOW_MS - shiftMs - 7 * DAY_MS }],
        neighbourIds: ['x', 'y'],
        similarities: [0.4, 0.3],
      }),
    ];
    expect(nearTo(history(900 * DAY_MS))).toEqual(nearTo(history(0)));
  });

  it('puts equal ones in falling order of id, and keeps the best five hundred', () => {
    const neighbourIds = Array.from({ length: 1_200 }, (_, at) => `n-${String(at).padStart(4, '0')}`);
    const near = nearTo([
      entry('a', { interactions: [liked], neighbourIds, similarities: neighbourIds.map(() => 0.5) }),
    ]);
    expect(near.map((one) => one.contentId)).toEqual(neighbourIds.toReversed().slice(0, 500));
  });

  it('is nothing for somebody who did nothing', () => {
    expect(nearTo([])).toEqual([]);
  });
});
