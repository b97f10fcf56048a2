import { describe, expect, it } from 'vitest';
import { evaluateCandidates } from '../../../../src/math/evaluation/index.ts';
import { popularityRecommender } from '../../../../src/math/recommenders/index.ts';
import { matrixOf } from '../../../support/sparse-matrices.ts';

/** Popularity 3, 2, 1, 0, 0. */
const train = matrixOf([
  [1, 1, 1, 0, 0],
  [1, 1, 0, 0, 0],
  [1, 0, 0, 0, 0],
]);
const model = popularityRecommender().fit(train);
const cases = {
  users: Int32Array.of(2, 2, 2),
  positives: Int32Array.of(1, 2, 3),
  negatives: [Int32Array.of(2, 3), Int32Array.of(0, 1, 3), Int32Array.of(0, 1, 2)],
};
const input = { model, train, cases, cutoffs: [1, 2], seed: 1 };

describe('the evaluation among candidates', () => {
  it('finds the rank of the positive among its negatives, those aside that the user chose in train', () => {
    // Ranks 1, 2 and 3: item 0, the most popular of all, stands in the user's own row.
    const { perCase, metrics } = evaluateCandidates(input);
    expect([...(perCase['hr@1'] ?? [])]).toEqual([1, 0, 0]);
    expect([...(perCase['hr@2'] ?? [])]).toEqual([1, 1, 0]);
    expect([...(perCase['ndcg@2'] ?? [])]).toEqual([1, 1 / Math.log2(3), 0]);
    expect(metrics['hr@2']).toBeCloseTo(2 / 3, 12);
    expect(metrics['ndcg@2']).toBeCloseTo((1 + 1 / Math.log2(3)) / 3, 12);
  });

  it('tosses a coin among equal scores, the same under the same seed', () => {
    const nobody = matrixOf(Array.from({ length: 400 }, () => [0, 0, 0, 0]));
    const equal = {
      model: popularityRecommender().fit(nobody),
      train: nobody,
      cases: {
        users: Int32Array.from({ length: 400 }, (_, user) => user),
        positives: new Int32Array(400),
        negatives: Array.from({ length: 400 }, () => Int32Array.of(1, 2, 3)),
      },
      cutoffs: [1],
    };
    const { perCase, metrics } = evaluateCandidates({ ...equal, seed: 7 });
    expect(evaluateCandidates({ ...equal, seed: 7 }).perCase).toEqual(perCase);
    expect(evaluateCandidates({ ...equal, seed: 8 }).perCase).not.toEqual(perCase);
    // 400 tosses at 1/4: standard deviation 0.022.
    expect(Math.abs((metrics['hr@1'] ?? 0) - 1 / 4)).toBeLessThan(0.088);
  });

  it.each([
    ['no case', { users: new Int32Array(0), positives: new Int32Array(0), negatives: [] }],
    ['a case without negatives', { ...cases, negatives: [] }],
    ['an unknown user', { ...cases, users: Int32Array.of(0, 1, 3) }],
    ['an unknown item', { ...cases, positives: Int32Array.of(0, 2, 5) }],
    ['a positive among its negatives', { ...cases, positives: Int32Array.of(2, 2, 3) }],
  ])('refuses %s', (_, fault) => {
    expect(() => evaluateCandidates({ ...input, cases: fault })).toThrow(RangeError);
  });
});
