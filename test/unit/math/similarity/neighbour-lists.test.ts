import { describe, expect, it } from 'vitest';
import {
  cosineSimilarity,
  joinNeighbourLists,
  neighbourMatrix,
  neighboursOf,
} from '../../../../src/math/similarity/index.ts';
import { matrixOf, toRows } from '../../../support/sparse-matrices.ts';

const rows = matrixOf([
  [1, 1, 0],
  [1, 0, 0],
  [0, 1, 1],
]);
const measure = cosineSimilarity({ shrink: 0, neighbourCount: 1 });
const block = (from: number, to: number) => measure.similarRows(rows, { from, to });

describe('neighbour lists of blocks', () => {
  it('join to the lists of all rows, in whatever order the blocks arrive', () => {
    expect(joinNeighbourLists([block(2, 3), block(0, 2)])).toEqual(block(0, 3));
  });

  it('do not join when a block is missing or given twice', () => {
    expect(() => joinNeighbourLists([block(0, 1), block(2, 3)])).toThrow('row 1');
    expect(() => joinNeighbourLists([block(0, 2), block(1, 3)])).toThrow(RangeError);
  });

  it('join to nothing when there are none', () => {
    expect(joinNeighbourLists([]).neighbours).toHaveLength(0);
  });

  it('give the list of a row by its index in the whole, and of no other row', () => {
    expect([...neighboursOf(block(1, 3), 2).indices]).toEqual([0]);
    expect(() => neighboursOf(block(1, 3), 0)).toThrow(RangeError);
  });

  it('become a matrix whose rows are the lists', () => {
    expect(toRows(neighbourMatrix(block(0, 3)))).toEqual([
      [0, expect.closeTo(Math.SQRT1_2), 0],
      [expect.closeTo(Math.SQRT1_2), 0, 0],
      [expect.closeTo(1 / 2), 0, 0],
    ]);
    expect(() => neighbourMatrix(block(1, 3))).toThrow(RangeError);
  });
});

describe('the options of the cosine', () => {
  it('refuse a negative shrinkage, and lists without room', () => {
    expect(() => cosineSimilarity({ shrink: -1 })).toThrow('shrink');
    expect(() => cosineSimilarity({ shrink: Number.NaN })).toThrow('shrink');
    expect(() => cosineSimilarity({ neighbourCount: 0 })).toThrow('neighbourCount');
  });

  it('keep a hundred neighbours unless told otherwise', () => {
    const alike = matrixOf(Array.from({ length: 120 }, () => [1]));
    const lists = cosineSimilarity().similarRows(alike, { from: 0, to: 120 });
    expect([...neighboursOf(lists, 119).indices]).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(neighboursOf(lists, 0).similarities[0]).toBe(1 / 6);
  });

  it('refuse weights whose squares are not finite', () => {
    expect(() => measure.similarRows(matrixOf([[1e200], [1]]), { from: 0, to: 2 })).toThrow(RangeError);
  });
});
