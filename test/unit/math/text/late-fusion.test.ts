import { describe, expect, it } from 'vitest';
import { lateFusionRecommender } from '../../../../src/math/text/index.ts';
import { logisticWeights } from '../../../../src/math/text/logistic-weights.ts';
import { matrixOf } from '../../../support/sparse-matrices.ts';

/** Two tastes, forty people each, who choose among eight contents of theirs; the last four contents are new. */
const TASTES = 2;
const train = matrixOf(
  Array.from({ length: 80 }, (_, user) =>
    Array.from({ length: 20 }, (_item, item) =>
      Number(item < 16 && item % TASTES === user % TASTES && (item + user) % 5 > 0),
    ),
  ),
);
const telling = (item: number) => [Number(item % TASTES === 0), Number(item % TASTES === 1)];
const noise = (item: number) => [((item * 7) % 5) / 5, ((item * 3) % 7) / 7];
const ofItems = (row: (item: number) => number[]) => matrixOf(Array.from({ length: 20 }, (_, item) => row(item)));
const content = { ridge: 1, shrink: 0 };
const text = { name: 'text', vectors: ofItems(telling) };
const image = { name: 'image', vectors: ofItems(noise) };
const even = { indices: [0, 2], values: [1, 1] };

describe('late fusion', () => {
  it('gives weight to the modality that tells what people choose', () => {
    const { weights } = lateFusionRecommender([text, image], { content }).fit(train);
    expect(weights[0]).toBeGreaterThan(0.7);
    expect((weights[0] ?? 0) + (weights[1] ?? 0)).toBeCloseTo(1, 12);
  });

  it('lets the other modalities carry a content that lacks one', () => {
    const vectors = ofItems((item) => (item === 18 || item === 17 ? [0, 0] : telling(item)));
    const model = lateFusionRecommender(
      [
        { name: 'text', vectors },
        { ...text, name: 'audio' },
      ],
      { content },
    ).fit(train);
    const scores = model.score(even);
    // 16 and 18 are of the taste asked for, 17 and 19 are not; neither pair is told apart by what one of it lacks.
    expect(scores[18]).toBeGreaterThan(scores[17] ?? 0);
    expect(scores[18]).toBeGreaterThan(scores[19] ?? 0);
    expect(scores[18]).toBeCloseTo(scores[16] ?? Number.NaN, 1);
  });

  it('puts a content of which nothing is known in the middle', () => {
    const vectors = ofItems((item) => (item === 18 ? [0, 0] : telling(item)));
    const scores = lateFusionRecommender([{ name: 'text', vectors }], { content })
      .fit(train)
      .score(even);
    expect(scores[18]).toBe(0);
    expect(scores[16]).toBeGreaterThan(0);
    expect(scores[17]).toBeLessThan(0);
  });

  it('learns the same from the same, by popularity for a stranger, and weighs alike where nothing can be learnt', () => {
    const fusion = lateFusionRecommender([text, image], { content });
    expect(fusion.fit(train).score(even)).toEqual(fusion.fit(train).score(even));
    expect(fusion.fit(train).score({ indices: [], values: [] })).toEqual(train.columnSums());
    expect(fusion.fit(matrixOf([new Array(20).fill(0)])).weights).toEqual([0.5, 0.5]);
  });

  it('refuses to fuse nothing', () => {
    expect(() => lateFusionRecommender([])).toThrow('a modality');
    expect(() => lateFusionRecommender([text], { penalty: 0 })).toThrow(RangeError);
    expect(() => lateFusionRecommender([text], { userCount: 0 })).toThrow(RangeError);
  });
});

describe('logistic weights', () => {
  it('are the log odds ratio of a yes-no feature when the penalty is next to nothing', () => {
    // Of cases with the feature 3 of 4 are chosen, of those without 1 of 4: the odds are 3 against 1/3.
    const rows = [[1], [1], [1], [1], [0], [0], [0], [0]];
    expect(logisticWeights(rows, [1, 1, 1, 0, 1, 0, 0, 0], 1e-9)[0]).toBeCloseTo(Math.log(9), 6);
  });

  it('stay finite when the feature tells all', () => {
    const [weight = 0] = logisticWeights([[1], [1], [-1], [-1]], [1, 1, 0, 0], 1);
    expect(weight).toBeGreaterThan(0);
    expect(Number.isFinite(weight)).toBe(true);
  });
});
