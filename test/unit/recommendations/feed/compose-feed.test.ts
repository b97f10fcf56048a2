import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededDraws } from '../../../../src/math/random/seeded-draws.ts';
import { findCandidates, isCooling, type Wish } from '../../../../src/recommendations/feed/candidates.ts';
import { composeFeed, type Place, placesOf } from '../../../../src/recommendations/feed/compose-feed.ts';
import { seedOf } from '../../../../src/recommendations/feed/feed-filling.ts';
import { type FeedRanker, priorRanker } from '../../../../src/recommendations/feed/ranker.ts';
import { aCatalogue, aModel, aWish, NOW_MS } from '../../../support/feed-wish.ts';
import { admissible, anyWish } from '../../../support/random-wishes.ts';

function compose(wish: Wish, options: { count: number; share?: number; seed?: number; taken?: Set<number> }): Place[] {
  const { count, share = 0, seed = 1, taken = new Set() } = options;
  return composeFeed({ wish, ranker: priorRanker, count, taken, exploration: { share, draws: seededDraws(seed) } });
}

const numbersOf = (places: readonly Place[]) => places.map(({ number }) => number);

describe('a composed feed', () => {
  it('brings all that may be shown, nothing twice, and last what was seen or shown of late, in pieces of any size', () => {
    const property = fc.property(
      anyWish,
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(0, 0.3, 1),
      fc.integer(),
      (wish, count, share, seed) => {
        const list: Place[] = [];
        for (;;) {
          const taken = new Set(numbersOf(list));
          const next = compose(wish, { count, share, seed: seed ^ list.length, taken });
          list.push(...next);
          if (next.length < count) break;
        }
        expect(numbersOf(list).toSorted((one, other) => one - other)).toEqual(admissible(wish));
        const resting = list.map(({ number }) => isCooling(number, wish));
        expect(resting).toEqual(resting.toSorted((one, other) => Number(one) - Number(other)));
        for (const place of list) {
          expect(place.propensity).toBeGreaterThan(0);
          expect(place.propensity).toBeLessThanOrEqual(1);
          expect(place.score).toBeGreaterThan(0);
          expect(place.score).toBeLessThan(1);
        }
      },
    );
    fc.assert(property, { numRuns: 300, seed: 20_261_122 });
  });

  it('is in the order of the scores where all are alike in domain, partner and kind', () => {
    const model = aModel({ contentIds: ['c0', 'c1', 'c2'], popularity: { c0: 1, c1: 9, c2: 4 } });
    const wish = aWish({ catalogue: aCatalogue([{}, {}, {}]), model });
    const places = compose(wish, { count: 3 });
    expect(numbersOf(places)).toEqual([1, 2, 0]);
    const plain = placesOf(findCandidates(wish, { wanted: 3, taken: new Set() }), { wish, ranker: priorRanker });
    expect(numbersOf(plain)).toEqual([1, 2, 0]);
  });

  it('lets another partner come before the third of one whose scores are hardly better', () => {
    const ofOne = { partnerId: 'one' };
    const catalogue = aCatalogue([ofOne, ofOne, ofOne, ofOne, { partnerId: 'other' }]);
    const scores = [1, 0.99, 0.98, 0.97, 0.9];
    const ranker: FeedRanker = {
      ...priorRanker,
      score: (candidates) => Float64Array.from(candidates, ({ number }) => scores[number] ?? 0),
    };
    const wish = aWish({ catalogue });
    const exploration = { share: 0, draws: seededDraws(1) };
    const places = composeFeed({ wish, ranker, count: 5, taken: new Set(), exploration });
    expect(numbersOf(places)).toEqual([0, 4, 1, 2, 3]);
    expect(numbersOf(placesOf(findCandidates(wish, { wanted: 5, taken: new Set() }), { wish, ranker }))).toEqual([
      0, 1, 2, 3, 4,
    ]);
  });
});

describe('exploration', () => {
  // Ten contents that everybody knows, and six that nobody does.
  const contentIds = Array.from({ length: 16 }, (_, at) => `c${at}`);
  const popularity = Object.fromEntries(contentIds.slice(0, 10).map((id, at) => [id, 100 - at]));
  const wish = aWish({ catalogue: aCatalogue(contentIds.map(() => ({}))), model: aModel({ contentIds, popularity }) });
  const share = 0.3;
  const runs = 12_000;
  const lists = Array.from({ length: runs }, (_, run) =>
    compose(wish, { count: 10, share, seed: Math.imul(run, 0x9e3779b1) | 0 }),
  );
  const isDiscovery = (place: Place | undefined) => place?.source === 'DISCOVERY';

  it('gives away none of the first four places, and nothing when its share is 0', () => {
    for (const list of lists) expect(numbersOf(list.slice(0, 4))).toEqual([0, 1, 2, 3]);
    for (const list of lists) expect(list.slice(0, 4).map(({ propensity }) => propensity)).toEqual([1, 1, 1, 1]);
    const plain = compose(wish, { count: 10 });
    expect(numbersOf(plain)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(plain.map(({ propensity }) => propensity)).toEqual(new Array(10).fill(1));
  });

  it('moves what would have stood there back, and keeps its order', () => {
    for (const list of lists.slice(0, 500)) {
      const known = numbersOf(list.filter((place) => !isDiscovery(place)));
      expect(known).toEqual(Array.from({ length: known.length }, (_, at) => at));
    }
  });

  it('logs the chance of each place, given those before: how often each content comes is what was logged', () => {
    for (let at = 4; at < 10; at++) {
      const logged = lists.map((list) => list[at]?.propensity ?? 0);
      const poolSizes = lists.map((list) => 6 - list.slice(0, at).filter(isDiscovery).length);
      lists.forEach((list, run) => {
        const expected = poolSizes[run] === 0 ? 1 : isDiscovery(list[at]) ? share / (poolSizes[run] ?? 1) : 1 - share;
        expect(logged[run]).toBeCloseTo(expected, 12);
      });
      // One over the propensity, where a content came, adds up to the times when it could have come.
      for (let number = 10; number < 16; number++) {
        const open = lists.filter((list) => !numbersOf(list.slice(0, at)).includes(number));
        const weights = open.map((list) => (list[at]?.number === number ? 1 / (list[at]?.propensity ?? 1) : 0));
        expectMean(weights, 1);
      }
      const weights = lists.map((list) => (isDiscovery(list[at]) ? 0 : 1 / (list[at]?.propensity ?? 1)));
      expectMean(weights, 1);
    }
  });

  it('is as likely whatever the places before were', () => {
    const after = (before: boolean) => lists.filter((list) => isDiscovery(list[4]) === before);
    for (const before of [true, false])
      expectMean(
        after(before).map((list) => Number(isDiscovery(list[5]))),
        share,
      );
  });

  it('does not follow in a lengthened list what it did where the list began', () => {
    const both = Array.from({ length: 4_000 }, (_, run) => {
      const feedId = `0190b5a0-0000-7000-8000-0000${(Math.imul(run, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0')}`;
      return [0, 60].map((length) => seededDraws(seedOf(feedId, length)).uniform() < share);
    });
    expectMean(
      both.filter(([first]) => first).map(([, second]) => Number(second)),
      share,
    );
  });

  it('brings nothing that was seen, shown often, settled, or popular', () => {
    const person = {
      seenAtMs: new Map([['c10', 0]]),
      shown: new Map([['c11', 6]]),
      settled: new Set(['c12']),
    };
    const others = aWish({ catalogue: wish.view.catalogue, model: aModel({ contentIds, popularity }), person });
    const brought = new Set(
      Array.from({ length: 300 }, (_, seed) => compose(others, { count: 8, share: 1, seed })).flatMap((list) =>
        numbersOf(list.filter(isDiscovery)),
      ),
    );
    expect([...brought].toSorted()).toEqual([13, 14, 15]);
    // Beyond what any source brings, too.
    const many = aCatalogue(Array.from({ length: 90 }, (_, at) => ({ publishedAtMs: NOW_MS + at })));
    const bored = aWish({ catalogue: many, person: { shown: new Map([['c0', 6]]) } });
    for (let seed = 0; seed < 20; seed++)
      expect(numbersOf(compose(bored, { count: 40, share: 1, seed }))).not.toContain(0);
  });
});

/** Within five standard errors: once in a million tests by chance, and the seeds are fixed. */
function expectMean(values: readonly number[], expected: number): void {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  expect(Math.abs(mean - expected)).toBeLessThan(5 * Math.sqrt(variance / values.length) + 1e-12);
}
