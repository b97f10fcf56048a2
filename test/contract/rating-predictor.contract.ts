import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RatingData, RatingPredictor } from '../../src/math/ratings/index.ts';

type Rated = readonly (readonly [user: number, item: number, value: number])[];

/** Ratings, and predictions that follow from them; a user or an item that is unknown has the number -1. */
export interface RatingFixture {
  readonly title: string;
  readonly ratings: RatingData;
  readonly expected: Rated;
}

const RUNS = 30;

/** What every predictor of ratings must keep; each member of the family runs it. */
export function describeRatingPredictor(
  name: string,
  predictor: RatingPredictor,
  { fixtures = [], hasTaste = true }: { fixtures?: readonly RatingFixture[]; hasTaste?: boolean } = {},
): void {
  describe(`${name} as a predictor of ratings`, () => {
    it.each(fixtures)('predicts $title as computed by hand', ({ ratings, expected }) => {
      const model = predictor.fit(ratings);
      for (const [user, item, value] of expected) expect(model.predict(user, item)).toBeCloseTo(value, 6);
    });

    it('stays on the scale of the ratings, whoever and whatever is asked for', () => {
      fc.assert(
        fc.property(anyRatings, (ratings) => {
          const model = predictor.fit(ratings);
          const given = Array.from(ratings.values);
          expect(model.scale).toEqual({ min: Math.min(...given), max: Math.max(...given) });
          for (let user = -1; user <= ratings.userCount; user++) {
            for (let item = -1; item <= ratings.itemCount; item++) {
              const prediction = model.predict(user, item);
              expect(prediction).toBeGreaterThanOrEqual(model.scale.min);
              expect(prediction).toBeLessThanOrEqual(model.scale.max);
            }
          }
        }),
        { numRuns: RUNS },
      );
    });

    it('learns the same to the bit from the same ratings in another order', () => {
      fc.assert(
        fc.property(anyRatings, (ratings) => {
          const { users, items } = allPairs(ratings);
          const turned = {
            ...ratings,
            users: Array.from(ratings.users).toReversed(),
            items: Array.from(ratings.items).toReversed(),
            values: Array.from(ratings.values).toReversed(),
          };
          expect(predictor.fit(turned).predictMany(users, items)).toEqual(
            predictor.fit(ratings).predictMany(users, items),
          );
        }),
        { numRuns: RUNS },
      );
    });

    it('predicts many as it predicts one', () => {
      fc.assert(
        fc.property(anyRatings, (ratings) => {
          const model = predictor.fit(ratings);
          const { users, items } = allPairs(ratings);
          const single = Float64Array.from(users, (user, r) => model.predict(user, items[r] ?? -1));
          expect(model.predictMany(users, items)).toEqual(single);
        }),
        { numRuns: RUNS },
      );
    });

    it('finds the two tastes of which the ratings are made, for pairs that it never saw', () => {
      const { ratings, held } = twoTastes();
      const model = predictor.fit(ratings);
      const users = held.map(([user]) => user);
      const items = held.map(([, item]) => item);
      const error = rootMeanSquare(model.predictMany(users, items).map((p, r) => p - (held[r]?.[2] ?? 0)));
      // A predictor without taste is left with the spread of the ratings, which is 2 here.
      expect(error).toBeLessThan(hasTaste ? 1 : 2.2);
    });

    it('tells who rates high from who rates low, and what is rated high from what is rated low', () => {
      const model = predictor.fit(habits());
      expect(model.predict(0, -1)).toBeGreaterThan(model.predict(19, -1) + 0.5);
      expect(model.predict(-1, 0)).toBeGreaterThan(model.predict(-1, 19) + 0.5);
      expect(model.predict(-1, -1)).toBeCloseTo(3, 0);
    });

    it('answers an unknown user like one who has rated nothing, in train or when folded in', () => {
      const habit = habits();
      const model = predictor.fit({ ...habit, userCount: habit.userCount + 1 });
      const nobody = model.foldIn({ items: [], values: [] });
      for (const item of [-1, 0, 7, 19, 20, 1000]) {
        expect(model.predict(-1, item)).toBe(model.predict(1000, item));
        expect(model.predict(20, item)).toBe(model.predict(-1, item));
        expect(nobody.predict(item)).toBe(model.predict(-1, item));
      }
    });

    it('answers an unknown item like one that nobody has rated', () => {
      const habit = habits();
      const model = predictor.fit({ ...habit, itemCount: habit.itemCount + 1 });
      for (const user of [-1, 0, 7, 19]) {
        expect(model.predict(user, 20)).toBe(model.predict(user, -1));
        expect(model.predict(user, 1000)).toBe(model.predict(user, -1));
      }
    });

    it('folds somebody in who rates like a known user much as that user, without a change to the model', () => {
      const { ratings, held } = twoTastes();
      const model = predictor.fit(ratings);
      const mine = Array.from(ratings.items, (item, r) => ({ item, user: ratings.users[r], value: ratings.values[r] }))
        .filter(({ user }) => user === 0)
        .map(({ item, value }) => [item, value ?? 0] as const);
      const before = model.predict(0, 0);
      const taste = model.foldIn({ items: mine.map(([item]) => item), values: mine.map(([, value]) => value) });
      for (const [user, item] of held.filter(([user]) => user === 0)) {
        expect(Math.abs(taste.predict(item) - model.predict(user, item))).toBeLessThan(0.75);
      }
      expect(model.predict(0, 0)).toBe(before);
    });

    it('learns from what somebody new has rated', () => {
      const model = predictor.fit(habits());
      const items = [2, 5, 8, 11, 14, 17];
      const generous = model.foldIn({ items, values: items.map(() => 5) });
      const strict = model.foldIn({ items, values: items.map(() => 1) });
      expect(generous.predict(9)).toBeGreaterThan(strict.predict(9) + 0.5);
      expect(generous.predict(-1)).toBeGreaterThan(strict.predict(-1) + 0.5);
      expect(generous.predict(9)).toBeLessThanOrEqual(model.scale.max);
    });

    it('predicts the one rating that all gave', () => {
      const model = predictor.fit({ ...habits(), values: new Array<number>(400).fill(4) });
      for (const user of [-1, 3]) for (const item of [-1, 3]) expect(model.predict(user, item)).toBe(4);
    });

    it('refuses ratings and histories that it cannot read', () => {
      const one = { userCount: 1, itemCount: 1, users: [0], items: [0], values: [3] };
      expect(() => predictor.fit({ ...one, users: [], items: [], values: [] })).toThrow(RangeError);
      expect(() => predictor.fit({ ...one, users: [1] })).toThrow(RangeError);
      expect(() => predictor.fit({ ...one, items: [-1] })).toThrow(RangeError);
      expect(() => predictor.fit({ ...one, items: [0, 0] })).toThrow(RangeError);
      expect(() => predictor.fit({ ...one, values: [Number.NaN] })).toThrow(RangeError);
      expect(() => predictor.fit({ ...one, userCount: 0 })).toThrow(RangeError);
      const model = predictor.fit(one);
      expect(() => model.foldIn({ items: [1], values: [3] })).toThrow(RangeError);
      expect(() => model.foldIn({ items: [0], values: [] })).toThrow(RangeError);
      expect(() => model.foldIn({ items: [0], values: [Number.POSITIVE_INFINITY] })).toThrow(RangeError);
      expect(() => model.predictMany([0], [])).toThrow(RangeError);
    });
  });
}

/** A few ratings on any scale; a user may rate an item more than once. */
const anyRatings: fc.Arbitrary<RatingData> = fc
  .record({ userCount: fc.integer({ min: 1, max: 5 }), itemCount: fc.integer({ min: 1, max: 5 }) })
  .chain(({ userCount, itemCount }) =>
    fc
      .uniqueArray(fc.tuple(fc.nat(userCount - 1), fc.nat(itemCount - 1), fc.integer({ min: -10, max: 10 })), {
        minLength: 1,
        maxLength: 15,
        // Ratings of one pair keep no order among themselves once they are turned round, so each pair has but one.
        selector: ([user, item]) => `${user} ${item}`,
      })
      .map((rated) => ratingData({ userCount, itemCount }, rated)),
  );

function ratingData(counts: { userCount: number; itemCount: number }, rated: Rated): RatingData {
  return {
    ...counts,
    users: rated.map(([user]) => user),
    items: rated.map(([, item]) => item),
    values: rated.map(([, , value]) => value),
  };
}

function allPairs({ userCount, itemCount }: RatingData): { users: number[]; items: number[] } {
  const pairs = Array.from({ length: (userCount + 1) * (itemCount + 1) }, (_, p) => p);
  return {
    users: pairs.map((p) => Math.floor(p / (itemCount + 1))),
    items: pairs.map((p) => p % (itemCount + 1)),
  };
}

/** Even users love even items and hate odd ones, odd users the other way round; one pair in seven is held out. */
function twoTastes(): { ratings: RatingData; held: Rated } {
  const counts = { userCount: 30, itemCount: 24 };
  const rated = Array.from({ length: counts.userCount * counts.itemCount }, (_, p) => {
    const [user, item] = [Math.floor(p / counts.itemCount), p % counts.itemCount];
    return [user, item, user % 2 === item % 2 ? 5 : 1] as const;
  });
  const isHeld = (p: number) => p % 7 === 3;
  return {
    ratings: ratingData(
      counts,
      rated.filter((_, p) => !isHeld(p)),
    ),
    held: rated.filter((_, p) => isHeld(p)),
  };
}

/** Twenty users from the most generous to the strictest, twenty items from the best to the worst, mean 3. */
function habits(): RatingData {
  const rated = Array.from({ length: 400 }, (_, p) => {
    const [user, item] = [Math.floor(p / 20), p % 20];
    return [user, item, 3 + (9.5 - user) / 9.5 + (9.5 - item) / 9.5] as const;
  });
  return ratingData({ userCount: 20, itemCount: 20 }, rated);
}

function rootMeanSquare(errors: Float64Array): number {
  return Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / errors.length);
}
