import { describe, expect, it } from 'vitest';
import { learnBlendWeights } from '../../../../src/math/recommenders/blend-weights.ts';
import type { Recommender } from '../../../../src/math/recommenders/index.ts';
import {
  blendRecommender,
  itemKnnRecommender,
  popularityRecommender,
} from '../../../../src/math/recommenders/index.ts';
import { matrixOf } from '../../../support/sparse-matrices.ts';

/** Two groups with tastes of their own: the first six items and the last six. */
const train = matrixOf(
  Array.from({ length: 40 }, (_, user) =>
    Array.from({ length: 12 }, (_v, item) => Number(item < 6 === user < 20 && (user + item) % 4 !== 0)),
  ),
);
const history = { indices: [1, 2], values: [1, 1] };

describe('the weights of a blend', () => {
  it('go to the component that ranks what was chosen first', () => {
    // The first component puts the item chosen, place 0, last; the second, first.
    const cases = [{ scores: Float64Array.of(-2, 0, 2, 1, 0, -1), size: 3, relevant: Int32Array.of(0) }];
    const weights = learnBlendWeights(cases, { componentCount: 2, k: 1 });
    expect(weights[1]).toBeGreaterThan(0.5);
    expect((weights[0] ?? 0) + (weights[1] ?? 0)).toBeCloseTo(1, 12);
  });

  it('mix where neither is right alone', () => {
    // Case 1 is lost by the first component alone, case 2 by the second alone; the sum of both ranks the chosen one first.
    const cases = [
      { scores: Float64Array.of(1, 1.1, -2, 1, -2, 0.5), size: 3, relevant: Int32Array.of(0) },
      { scores: Float64Array.of(1, -2, 0.5, 1, 1.1, -2), size: 3, relevant: Int32Array.of(0) },
    ];
    const [first = 0, second = 0] = learnBlendWeights(cases, { componentCount: 2, k: 1 });
    expect(first).toBeGreaterThan(0.05);
    expect(second).toBeGreaterThan(0.05);
  });
});

describe('a blend', () => {
  it('of one model ranks as that model does', () => {
    const alone = itemKnnRecommender().fit(train).score(history);
    const blended = blendRecommender([itemKnnRecommender()]).fit(train).score(history);
    const order = (scores: Float64Array) => [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0));
    expect(order(blended).slice(0, 4)).toEqual(order(alone).slice(0, 4));
  });

  it.each(['top', 'random'] as const)('leaves out a model that says the contrary, with %s rivals', (rivals) => {
    const contrary: Recommender = {
      name: 'contrary',
      fit: (matrix) => {
        const model = itemKnnRecommender().fit(matrix);
        return { itemCount: model.itemCount, score: (of, into) => model.score(of, into).map((score) => -score) };
      },
    };
    const wide = matrixOf(
      Array.from({ length: 40 }, (_, user) => [...Array.from(toDense(user)), ...Array(120).fill(0)]),
    );
    const scores = blendRecommender([contrary, itemKnnRecommender()], { rivals }).fit(wide).score(history);
    expect(scores[3] ?? 0).toBeGreaterThan(scores[9] ?? 0);
  });

  it('does without a component that refuses the data, and refuses what all refuse', () => {
    const refusing: Recommender = {
      name: 'refusing',
      fit: () => {
        throw new RangeError('too large');
      },
    };
    const alone = blendRecommender([itemKnnRecommender()]).fit(train).score(history);
    expect(blendRecommender([refusing, itemKnnRecommender()]).fit(train).score(history)).toEqual(alone);
    expect(() => blendRecommender([refusing, refusing]).fit(train)).toThrow('too large');
    expect(() => blendRecommender([refusing]).fit(train)).toThrow('too large');
  });

  it('takes weights that are given', () => {
    const components = [popularityRecommender(), itemKnnRecommender()];
    const alone = blendRecommender([itemKnnRecommender()]).fit(train).score(history);
    expect(
      blendRecommender(components, { weights: [0, 1] })
        .fit(train)
        .score(history),
    ).toEqual(alone);
    expect(() => blendRecommender(components, { weights: [1] })).toThrow(RangeError);
    expect(() => blendRecommender(components, { weights: [0, 0] })).toThrow(RangeError);
    expect(() => blendRecommender(components, { weights: [1, -1] })).toThrow(RangeError);
  });

  it('learns the same from the same, and scores somebody unknown by popularity', () => {
    const uneven = matrixOf([
      [1, 1, 1, 0],
      [1, 1, 0, 0],
      [1, 0, 0, 1],
      [1, 1, 1, 0],
    ]);
    const learn = () => blendRecommender([popularityRecommender(), itemKnnRecommender()]).fit(uneven);
    expect(learn().score(history)).toEqual(learn().score(history));
    const [first = 0, second = 0, third = 0, fourth = 0] = learn().score({ indices: [], values: [] });
    expect(first).toBeGreaterThan(second);
    expect(second).toBeGreaterThan(third);
    expect(third).toBeGreaterThan(fourth);
  });

  it.each([
    ['no component', [], {}],
    ['a share of 1', [popularityRecommender()], { heldShare: 1 }],
    ['a cutoff of 0', [popularityRecommender()], { cutoff: 0 }],
    ['no users to ask', [popularityRecommender()], { userCount: 0 }],
  ])('refuses %s', (_, components, options) => {
    expect(() => blendRecommender(components, options)).toThrow(RangeError);
  });
});

function toDense(user: number): Float64Array {
  const dense = new Float64Array(12);
  const { indices, values } = train.row(user);
  indices.forEach((item, e) => {
    dense[item] = values[e] ?? 0;
  });
  return dense;
}
