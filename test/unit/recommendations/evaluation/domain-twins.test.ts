import { describe, expect, it } from 'vitest';
import { findTwins, withoutColumns } from '../../../../src/recommendations/evaluation/domain-twins.ts';
import { matrixOf } from '../../../support/sparse-matrices.ts';

/** Source item 0 has the people of target item 1; source item 1 shares one person with target item 0. */
const source = matrixOf([
  [1, 0, 1],
  [1, 0, 0],
  [1, 0, 0],
  [1, 1, 0],
  [1, 0, 0],
  [0, 1, 0],
]);
const target = matrixOf([
  [0, 1],
  [0, 1],
  [0, 1],
  [1, 1],
  [0, 0],
  [0, 0],
]);
const rule = { minSimilarity: 0.8, minPeople: 2 };

describe('twins of two domains', () => {
  it('have nearly the same people', () => {
    // Four people of five: exactly at the bound.
    expect([...findTwins(source, target, rule)]).toEqual([1, 0, 0]);
    expect([...findTwins(source, target, { ...rule, minSimilarity: 0.81 })]).toEqual([0, 0, 0]);
  });

  it('are not made by one person who chose both', () => {
    // The third source item and a target item of one and the same person.
    const single = matrixOf([[1], [0], [0], [0], [0], [0]]);
    expect([...findTwins(source, single, rule)]).toEqual([0, 0, 0]);
    expect([...findTwins(source, single, { ...rule, minPeople: 1 })]).toEqual([0, 0, 1]);
  });

  it('may have the same title in another hand, but not no title', () => {
    const titles = { source: ['', 'Deep  Learning', 'Knots'], target: ['', 'deep learning '] };
    expect([...findTwins(source, target, { ...rule, minSimilarity: 1, titles })]).toEqual([0, 1, 0]);
  });

  it('lose what people did with them, and keep their columns', () => {
    const left = withoutColumns(source, Uint8Array.of(1, 0, 0));
    expect(left.columnCount).toBe(3);
    expect([...left.columnSums()]).toEqual([0, 2, 1]);
  });
});
