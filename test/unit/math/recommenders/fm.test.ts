import { describe, expect, it } from 'vitest';
import { FactorisationMachine } from '../../../../src/math/ranker/index.ts';
import { learnFm } from '../../../../src/math/recommenders/fm-descent.ts';
import { DEFAULT_FM_OPTIONS, fmRecommender } from '../../../../src/math/recommenders/index.ts';
import { matrixOf } from '../../../support/sparse-matrices.ts';

/** Two tastes: even users choose even items, odd ones odd items, each most of the ten. */
const rows = Array.from({ length: 40 }, (_, user) =>
  Array.from({ length: 20 }, (_item, item) => Number(item % 2 === user % 2 && (item + user * 3) % 7 > 1)),
);
const train = matrixOf(rows);
const quick = { factors: 4, epochs: 15, learningRate: 0.1 };
const even = { indices: [0, 2], values: [1, 2] };

describe('the factorisation machine of histories and items', () => {
  it('ranks the items of the same taste first', () => {
    const scores = fmRecommender(quick).fit(train).score(even);
    const lowestEven = Math.min(...[4, 6, 8, 10, 12].map((item) => scores[item] ?? 0));
    const highestOdd = Math.max(...[5, 7, 9, 11, 13].map((item) => scores[item] ?? 0));
    expect(lowestEven).toBeGreaterThan(highestOdd);
  });

  it('is the general one with a history and an item as its features, but for what all items share', () => {
    const { width, items, history } = learnFm(train, undefined, { ...DEFAULT_FM_OPTIONS, ...quick, idDropout: 0 });
    // Features: 20 items as parts of a history, then 20 as the item in question.
    const ofItems = (from: number, to: number) =>
      Array.from({ length: 20 }, (_, item) => [
        ...items.values.subarray(item * (width + 1) + from, item * (width + 1) + to),
      ]);
    const machine = new FactorisationMachine({
      featureCount: 40,
      factorCount: width,
      bias: 0,
      weights: Float64Array.from([...new Array(20).fill(0), ...ofItems(0, 1).flat()]),
      factors: Float64Array.from([...history.values, ...ofItems(1, width + 1).flat()]),
    });
    const scale = 1 / Math.sqrt(2);
    const logOdds = (item: number) => machine.logOdds({ indices: [0, 2, 20 + item], values: [scale, 2 * scale, 1] });
    const scores = fmRecommender(quick).fit(train).score(even);
    for (let item = 1; item < 20; item++) {
      expect((scores[item] ?? 0) - (scores[0] ?? 0)).toBeCloseTo(logOdds(item) - logOdds(0), 10);
    }
  });

  it('places an item that nobody has met by what is told of it', () => {
    // Items 18 and 19 are new; each item is told to be even or odd.
    const known = matrixOf(rows.map((row) => row.map((value, item) => (item < 18 ? value : 0))));
    const told = matrixOf(Array.from({ length: 20 }, (_, item) => [Number(item % 2 === 0), Number(item % 2 === 1)]));
    const scores = fmRecommender(quick, told).fit(known).score(even);
    expect(scores[18]).toBeGreaterThan(scores[19] ?? 0);
    const untold = fmRecommender(quick).fit(known).score(even);
    expect([untold[18], untold[19]]).toEqual([0, 0]);
  });

  it('draws the same under the same seed, and scores a stranger by popularity', () => {
    const model = fmRecommender(quick).fit(train);
    expect(fmRecommender(quick).fit(train).score(even)).toEqual(model.score(even));
    expect(
      fmRecommender({ ...quick, seed: 2 })
        .fit(train)
        .score(even),
    ).not.toEqual(model.score(even));
    expect(model.score({ indices: [], values: [] })).toEqual(train.columnSums());
  });

  it.each([
    { factors: 0 },
    { epochs: 0 },
    { negativeCount: 0 },
    { learningRate: 0 },
    { penalty: -1 },
    { idDropout: 1 },
  ])('refuses %o', (options) => {
    expect(() => fmRecommender(options)).toThrow(RangeError);
  });

  it('refuses features of other items', () => {
    expect(() => fmRecommender(quick, matrixOf([[1]])).fit(train)).toThrow(RangeError);
  });
});
