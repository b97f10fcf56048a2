import { describe, expect, it } from 'vitest';
import { contentRecommender } from '../../../../src/math/text/index.ts';
import { matrixOf } from '../../../support/sparse-matrices.ts';

/** Three people like the first two contents, three the next two; the last two nobody has met. */
const train = matrixOf([
  ...Array.from({ length: 3 }, () => [1, 1, 0, 0, 0, 0]),
  ...Array.from({ length: 3 }, () => [0, 0, 1, 1, 0, 0]),
]);
const vectors = matrixOf([
  [1, 0],
  [1, 0],
  [0, 1],
  [0, 1],
  [0, 1],
  [1, 0],
]);
const options = { ridge: 0.5, neighbourCount: 5, shrink: 0 };

describe('the content recommender', () => {
  it('places what nobody has met with those who like what is told alike', () => {
    const scores = contentRecommender(vectors, options)
      .fit(train)
      .score({ indices: [0], values: [1] });
    expect(scores[5]).toBeGreaterThan(scores[4] ?? 0);
    const others = contentRecommender(vectors, options)
      .fit(train)
      .score({ indices: [2], values: [1] });
    expect(others[4]).toBeGreaterThan(others[5] ?? 0);
  });

  it('scores as computed by hand', () => {
    const scores = contentRecommender(vectors, options)
      .fit(train)
      .score({ indices: [0], values: [2] });
    // F'F + ridge = 2.5 I, and content 0 speaks for content 1 alone, by a cosine of 1: z = 2 f_1 / 2.5 = (0.8, 0).
    expect(scores[5]).toBeCloseTo(0.8, 12);
    expect(scores[4]).toBeCloseTo(0, 12);
    // Leverage 1 / 2.5: content 1 itself told all of it, and without it nothing is left; content 0 was told of by 1.
    expect(scores[1]).toBeCloseTo((0.8 - 0.4 * 2) / 0.6, 12);
    expect(scores[0]).toBeCloseTo(0.8 / 0.6, 12);
  });

  it('says of a known content what it would say had nobody met it, as far as its own vector goes', () => {
    const all = contentRecommender(vectors, options).fit(train);
    const without = matrixOf([
      ...Array.from({ length: 3 }, () => [1, 1, 0, 0, 0, 0]),
      ...Array.from({ length: 3 }, () => [0, 0, 0, 1, 0, 0]),
    ]);
    const left = contentRecommender(vectors, options).fit(without);
    const history = { indices: [0, 1], values: [1, 1] };
    expect(all.score(history)[2]).toBeCloseTo(left.score(history)[2] ?? Number.NaN, 12);
  });

  it('needs a vector for each item, and a ridge above 0', () => {
    expect(() => contentRecommender(matrixOf([[1, 0]])).fit(train)).toThrow('a vector for each');
    expect(() => contentRecommender(vectors, { ridge: 0 })).toThrow(RangeError);
  });
});
