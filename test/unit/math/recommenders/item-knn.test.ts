import { describe, expect, it } from 'vitest';
import { itemKnnModel, itemKnnRecommender } from '../../../../src/math/recommenders/index.ts';
import { cosineSimilarity, joinNeighbourLists } from '../../../../src/math/similarity/index.ts';
import { matrixOf } from '../../../support/sparse-matrices.ts';

const train = matrixOf([
  [1, 1, 0],
  [1, 1, 1],
  [1, 0, 1],
]);

describe('item-knn with short lists', () => {
  it('judges a candidate by the neighbours in its own list, not in those of the history', () => {
    // Lists of one: items 1 and 2 name item 0; item 0 names item 1, the lower index of two equal ones.
    const model = itemKnnRecommender({ shrink: 0, neighbourCount: 1 }).fit(train);
    expect([...model.score({ indices: [0], values: [1] })]).toEqual([0, 2 / Math.sqrt(6), 2 / Math.sqrt(6)].map(close));
    expect([...model.score({ indices: [1], values: [1] })]).toEqual([2 / Math.sqrt(6), 0, 0].map(close));
  });
});

describe('item-knn from lists computed before', () => {
  it('scores like the model that computed them itself', () => {
    const measure = cosineSimilarity({ shrink: 1, neighbourCount: 2 });
    const items = train.transpose();
    const lists = joinNeighbourLists([
      measure.similarRows(items, { from: 2, to: 3 }),
      measure.similarRows(items, { from: 0, to: 2 }),
    ]);
    const history = { indices: [2, 0], values: [1, 0.5] };
    const model = itemKnnModel(lists, train.columnSums());
    expect(model.score(history)).toEqual(
      itemKnnRecommender({ shrink: 1, neighbourCount: 2 }).fit(train).score(history),
    );
  });

  it('needs a popularity for each item', () => {
    const lists = cosineSimilarity().similarRows(train.transpose(), { from: 0, to: 3 });
    expect(() => itemKnnModel(lists, new Float64Array(2))).toThrow(RangeError);
  });
});

function close(value: number): unknown {
  return expect.closeTo(value, 14);
}
