import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCandidates, type Wish } from '../../../../src/recommendations/feed/candidates.ts';
import { FEATURES, type FeatureName } from '../../../../src/recommendations/feed/features.ts';
import { aCatalogue, aModel, aWish, DAY_MS, deeds, NOW_MS } from '../../../support/feed-wish.ts';
import { admissible, anyWish } from '../../../support/random-wishes.ts';

const all = { wanted: 1_000, taken: new Set<number>() };

function featureOf(wish: Wish, number: number, name: FeatureName): number | undefined {
  return findCandidates(wish, all).find((one) => one.number === number)?.features[FEATURES.indexOf(name)];
}

it('brings exactly what may be shown, once each, with features from 0 to 1', () => {
  const property = fc.property(anyWish, (wish) => {
    const found = findCandidates(wish, all);
    expect(found.map(({ number }) => number).toSorted((one, other) => one - other)).toEqual(admissible(wish));
    for (const { features } of found) {
      expect(features).toHaveLength(FEATURES.length);
      for (const value of Array.from(features)) {
        expect(value).toBeGreaterThanOrEqual(0);
        // The shares of one partner or domain are added up.
        expect(value).toBeLessThanOrEqual(1 + 1e-12);
      }
    }
  });
  fc.assert(property, { numRuns: 200, seed: 20_261_122 });
});

it('leaves out what stands in the list already', () => {
  const wish = aWish({ catalogue: aCatalogue([{}, {}, {}]) });
  const found = findCandidates(wish, { wanted: 10, taken: new Set([0, 2]) });
  expect(found.map(({ number }) => number)).toEqual([1]);
});

describe('where a candidate comes from', () => {
  const catalogue = aCatalogue(Array.from({ length: 7 }, () => ({})));
  const model = aModel({
    contentIds: ['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6'],
    alike: [['c0', 'c1', 0.5]],
    alikeByText: [['c0', 'c2', 0.5]],
    popularity: { c5: 3 },
    occupations: { nurse: { c4: 8, c5: 2 } },
  });
  const profile = { c3: { score: 1, told: 'matrices' } };

  it('is the first source that has it', () => {
    const person = { history: [deeds('c0', {})], occupation: 'nurse', seenAtMs: new Map([['c0', NOW_MS]]) };
    const found = findCandidates(aWish({ catalogue, model, person, profile }), all);
    const sources = Object.fromEntries(found.map(({ number, source }) => [`c${number}`, source]));
    expect(sources).toEqual({
      c0: 'SEEN',
      c1: 'TASTE',
      c2: 'TEXT',
      c3: 'PROFILE',
      c4: 'OCCUPATION',
      c5: 'OCCUPATION',
      c6: 'NEW',
    });
    expect(featureOf(aWish({ catalogue, model, person }), 4, 'OCCUPATION')).toBe(1);
    expect(featureOf(aWish({ catalogue, model, person }), 5, 'OCCUPATION')).toBe(0.25);
  });

  it('is no occupation that may not be used, that nobody told, or that the model does not know', () => {
    for (const person of [{ occupation: 'nurse', mayUseProfile: false }, {}, { occupation: 'judge' }]) {
      const wish = aWish({ catalogue, model, person });
      expect(findCandidates(wish, all).map(({ source }) => source)).not.toContain('OCCUPATION');
      expect(featureOf(wish, 4, 'OCCUPATION')).toBe(0);
    }
  });

  it('is the best of what matches the profile, in whatever order it was found', () => {
    const many = aCatalogue(Array.from({ length: 200 }, (_, at) => ({ publishedAtMs: NOW_MS + at })));
    // More than the source brings, the best last; and older than the newest that another source brings.
    const matches = Object.fromEntries(
      Array.from({ length: 80 }, (_, at) => [`c${at}`, { score: (at + 1) / 80, told: 'x' }]),
    );
    const found = findCandidates(aWish({ catalogue: many, profile: matches }), { wanted: 20, taken: new Set() });
    const fromProfile = found.filter(({ source }) => source === 'PROFILE').map(({ number }) => number);
    expect(fromProfile).toEqual(Array.from({ length: 40 }, (_, at) => 79 - at));
  });
});

describe('what was seen or shown of late', () => {
  const coolingOf = (person: object) =>
    findCandidates(aWish({ catalogue: aCatalogue([{}]), person }), all).map(({ isCooling }) => isCooling);

  it('cools down for seven days, or while it was shown six times without an answer', () => {
    const seen = (agoMs: number) => coolingOf({ seenAtMs: new Map([['c0', NOW_MS - agoMs]]) });
    expect(seen(0)).toEqual([true]);
    expect(seen(7 * DAY_MS - 1)).toEqual([true]);
    expect(seen(7 * DAY_MS)).toEqual([false]);
    expect(coolingOf({ shown: new Map([['c0', 5]]) })).toEqual([false]);
    expect(coolingOf({ shown: new Map([['c0', 6]]) })).toEqual([true]);
  });

  it('does not keep from a list what was never seen, however much was seen', () => {
    const catalogue = aCatalogue(Array.from({ length: 90 }, (_, at) => ({ publishedAtMs: NOW_MS + at })));
    const seenAtMs = new Map(Array.from({ length: 80 }, (_, at) => [`c${at + 10}`, NOW_MS] as const));
    const found = findCandidates(aWish({ catalogue, person: { seenAtMs } }), { wanted: 10, taken: new Set() });
    const rested = found.filter(({ isCooling }) => !isCooling).map(({ number }) => number);
    expect(rested).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]);
  });
});
