import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Recommender } from '../../src/math/recommenders/index.ts';
import type { SparseRow } from '../../src/math/sparse/index.ts';
import { anyRows, matrixOf } from '../support/sparse-matrices.ts';

/** What users chose, and the scores that follow for somebody with a history of item and weight. */
export interface RecommenderFixture {
  readonly title: string;
  readonly train: readonly (readonly number[])[];
  readonly history: readonly (readonly [item: number, weight: number])[];
  readonly expected: readonly number[];
}

const RUNS = 300;
const EMPTY: SparseRow = { indices: [], values: [] };

/**
 * What every recommender must keep; each member of the family runs it.
 *
 * @param options `draws`: what it learns depends on a draw by the places of users and items, so that who stands where is
 * not without effect; all else holds. `runs`: of each property, for those that take long to learn.
 */
export function describeRecommender(
  name: string,
  recommender: Recommender,
  fixtures: readonly RecommenderFixture[],
  { draws = false, runs = RUNS }: { draws?: boolean; runs?: number } = {},
): void {
  const learn = (rows: readonly (readonly number[])[]) => recommender.fit(matrixOf(rows));

  describe(`${name} as a recommender`, () => {
    it.each(fixtures)('scores $title as computed by hand', ({ train, history, expected }) => {
      const scores = learn(train).score(historyOf(history));
      expect(scores).toHaveLength(expected.length);
      expected.forEach((score, item) => {
        expect(scores[item]).toBeCloseTo(score, 12);
      });
    });

    it('gives every item a finite score, those of the history included', () => {
      fc.assert(
        fc.property(anyCase, ({ rows, history }) => {
          const model = learn(rows);
          const scores = model.score(history);
          expect(model.itemCount).toBe(rows[0]?.length);
          expect(scores).toHaveLength(model.itemCount);
          expect(scores.every(Number.isFinite)).toBe(true);
        }),
        { numRuns: runs },
      );
    });

    it('learns the same to the bit from the same matrix', () => {
      fc.assert(
        fc.property(anyCase, ({ rows, history }) => {
          expect(learn(rows).score(history)).toEqual(learn(rows).score(history));
        }),
        { numRuns: runs },
      );
    });

    it('scores the same after it scored somebody else, into an array that was used before', () => {
      fc.assert(
        fc.property(anyCase, ({ rows, history }) => {
          const model = learn(rows);
          const alone = model.score(history);
          const array = new Float64Array(model.itemCount).fill(Number.NaN);
          model.score(EMPTY, array);
          expect(model.score(history, array)).toBe(array);
          expect(array).toEqual(alone);
        }),
        { numRuns: runs },
      );
    });

    it.skipIf(draws)('does not depend on the order of the users', () => {
      fc.assert(
        fc.property(anyCase, ({ rows, history }) => {
          expectClose(learn(rows.toReversed()).score(history), learn(rows).score(history));
        }),
        { numRuns: runs },
      );
    });

    it.skipIf(draws)('renames its scores when the items are renamed', () => {
      fc.assert(
        fc.property(anyCase, ({ rows, history }) => {
          const last = (rows[0]?.length ?? 1) - 1;
          const renamed = { ...history, indices: Array.from(history.indices, (item) => last - item) };
          const scores = learn(rows.map((row) => row.toReversed())).score(renamed);
          expectClose(scores.toReversed(), learn(rows).score(history));
        }),
        { numRuns: runs },
      );
    });

    it('does not depend on the order of the history', () => {
      fc.assert(
        fc.property(anyCase, ({ rows, history }) => {
          const model = learn(rows);
          const reversed = {
            indices: Array.from(history.indices).toReversed(),
            values: Array.from(history.values).toReversed(),
          };
          expectClose(model.score(reversed), model.score(history));
        }),
        { numRuns: runs },
      );
    });

    it('puts the most chosen item first for somebody without history', () => {
      const scores = learn([
        [1, 0, 1],
        [0, 0, 1],
      ]).score(EMPTY);
      expect(scores.indexOf(Math.max(...scores))).toBe(2);
      expect(Math.min(...scores)).toBe(scores[1]);
    });

    it('learns from nothing, and then still scores', () => {
      const model = learn([[0, 0]]);
      expect([...model.score(EMPTY)].every(Number.isFinite)).toBe(true);
      expect([...model.score(historyOf([[1, 1]]))].every(Number.isFinite)).toBe(true);
    });

    it('refuses a history that it cannot read, and an array of another length', () => {
      const model = learn([[1, 1, 0]]);
      expect(() => model.score({ indices: [3], values: [1] })).toThrow(RangeError);
      expect(() => model.score({ indices: [-1], values: [1] })).toThrow(RangeError);
      expect(() => model.score({ indices: [0, 0], values: [1, 1] })).toThrow(RangeError);
      expect(() => model.score({ indices: [0], values: [Number.NaN] })).toThrow(RangeError);
      expect(() => model.score({ indices: [0], values: [] })).toThrow(RangeError);
      expect(() => model.score(EMPTY, new Float64Array(2))).toThrow(RangeError);
    });
  });
}

/** What users chose, with a user's history beside it that need not be one of theirs. */
const anyCase = anyRows({ min: 1, minRows: 1 }).chain((rows) =>
  fc.record({
    rows: fc.constant(rows),
    history: fc
      .uniqueArray(fc.tuple(fc.nat((rows[0]?.length ?? 1) - 1), fc.integer({ min: 1, max: 5 })), {
        selector: ([i]) => i,
      })
      .map(historyOf),
  }),
);

function historyOf(pairs: readonly (readonly [number, number])[]): SparseRow {
  return { indices: pairs.map(([item]) => item), values: pairs.map(([, weight]) => weight) };
}

function expectClose(actual: Float64Array, expected: Float64Array): void {
  expect(actual).toHaveLength(expected.length);
  actual.forEach((score, item) => {
    expect(score).toBeCloseTo(expected[item] ?? Number.NaN, 10);
  });
}
