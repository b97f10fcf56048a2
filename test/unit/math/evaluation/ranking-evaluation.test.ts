import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateRanking } from '../../../../src/math/evaluation/index.ts';
import { itemKnnRecommender, popularityRecommender } from '../../../../src/math/recommenders/index.ts';
import { anyRows, matrixOf } from '../../../support/sparse-matrices.ts';

/** Popularity 4, 3, 2, 1, 0 for items 0 to 4. */
const train = matrixOf([
  [1, 1, 1, 1, 0],
  [1, 1, 1, 0, 0],
  [1, 1, 0, 0, 0],
  [1, 0, 0, 0, 0],
  [0, 0, 0, 0, 0],
]);
const test = matrixOf([
  [0, 0, 0, 0, 1],
  [0, 0, 0, 0, 0],
  [0, 0, 0, 1, 1],
  [0, 0, 1, 0, 0],
  [1, 0, 0, 1, 0],
]);
const popularity = popularityRecommender().fit(train);
const input = { model: popularity, train, test, cutoffs: [1, 2], seed: 1 };

describe('the evaluation of rankings', () => {
  it('counts learners with test items only, those without train items among them', () => {
    expect([...evaluateRanking(input).users]).toEqual([0, 2, 3, 4]);
  });

  it('ranks all items but those in train, and keeps the results of each learner', () => {
    // Rankings: learner 0: 4; learner 2: 2 3 4; learner 3: 1 2 3 4; learner 4: 0 1 2 3 4.
    const { perUser, metrics } = evaluateRanking(input);
    expect([...(perUser['recall@1'] ?? [])]).toEqual([1, 0, 0, 1 / 2]);
    expect([...(perUser['recall@2'] ?? [])]).toEqual([1, 1 / 2, 1, 1 / 2]);
    expect([...(perUser['map@2'] ?? [])]).toEqual([1, 1 / 4, 1 / 2, 1 / 2]);
    expect(metrics['recall@1']).toBe(1.5 / 4);
    expect(metrics['recall@2']).toBe(3 / 4);
    expect(metrics['map@2']).toBe(2.25 / 4);
    const second = 1 / Math.log2(3);
    expect(metrics['ndcg@2']).toBeCloseTo((1 + second / (1 + second) + second + 1 / (1 + second)) / 4, 14);
  });

  it('covers the share of items that some learner is shown', () => {
    // First ranks show 4, 2, 1 and 0; second ranks add 3.
    expect(evaluateRanking(input).metrics['coverage@1']).toBe(4 / 5);
    expect(evaluateRanking(input).metrics['coverage@2']).toBe(1);
  });

  it('ranks none but the candidates where they are given, and covers a share of these', () => {
    const { perUser, metrics } = evaluateRanking({ ...input, candidates: [0, 3] });
    // Rankings: learner 0: none; learner 2: 3; learner 3: 3; learner 4: 0 3.
    expect([...(perUser['recall@1'] ?? [])]).toEqual([0, 1 / 2, 0, 1 / 2]);
    expect([...(perUser['recall@2'] ?? [])]).toEqual([0, 1 / 2, 0, 1]);
    expect(metrics['coverage@1']).toBe(1);
  });

  it('counts a test item that is also in train as missed', () => {
    const both = evaluateRanking({ ...input, test: train, cutoffs: [5] });
    expect(both.metrics['recall@5']).toBe(0);
  });

  it('tosses a coin among equal scores, the same at every run and another under another seed', () => {
    const nobody = matrixOf(Array.from({ length: 400 }, () => [0, 0, 0, 0]));
    const everybody = matrixOf(Array.from({ length: 400 }, () => [1, 0, 0, 0]));
    const model = popularityRecommender().fit(nobody);
    const recall = (seed: number) =>
      evaluateRanking({ model, train: nobody, test: everybody, cutoffs: [1], seed }).perUser['recall@1'] ?? [];
    expect(recall(7)).toEqual(recall(7));
    expect(recall(7)).not.toEqual(recall(8));
    const hits = [...recall(7)].filter((value) => value === 1).length;
    // 400 tosses at 1/4: mean 100, standard deviation 8.7.
    expect(hits).toBeGreaterThan(65);
    expect(hits).toBeLessThan(135);
  });

  it('never loses recall or coverage at a longer cutoff, and keeps every metric from 0 to 1', () => {
    fc.assert(
      fc.property(anyRows({ min: 1, minRows: 1 }), fc.integer(), (rows, seed) => {
        const known = matrixOf(rows.map((row) => row.map((value, c) => (c % 2 === 0 ? value : 0))));
        const chosen = matrixOf(rows.map((row) => row.map((value, c) => (c % 2 === 1 ? value : 0))));
        fc.pre(chosen.entryCount > 0);
        const model = itemKnnRecommender().fit(known);
        const { metrics } = evaluateRanking({ model, train: known, test: chosen, cutoffs: [1, 3, 8], seed });
        for (const value of Object.values(metrics)) {
          expect(value >= 0 && value <= 1 + 1e-12).toBe(true);
        }
        for (const name of ['recall', 'coverage']) {
          expect(metrics[`${name}@3`]).toBeGreaterThanOrEqual(metrics[`${name}@1`] ?? 1);
          expect(metrics[`${name}@8`]).toBeGreaterThanOrEqual(metrics[`${name}@3`] ?? 1);
        }
        expect(metrics['recall@8']).toBeCloseTo(1, 12);
      }),
    );
  });

  it.each([
    ['other users in test', { test: matrixOf([[1, 0, 0, 0, 0]]) }],
    ['no test item', { test: matrixOf(Array.from({ length: 5 }, () => [0, 0, 0, 0, 0])) }],
    ['a model of other items', { model: popularityRecommender().fit(matrixOf([[1, 1]])) }],
    ['no cutoff', { cutoffs: [] }],
    ['a cutoff given twice', { cutoffs: [5, 5] }],
    ['a cutoff of 0', { cutoffs: [0] }],
    ['no candidate', { candidates: [] }],
    ['an unknown candidate', { candidates: [5] }],
    ['a candidate given twice', { candidates: [1, 1] }],
    ['a seed beyond 32 bits', { seed: 2 ** 31 }],
  ])('refuses %s', (_, fault) => {
    expect(() => evaluateRanking({ ...input, ...fault })).toThrow(RangeError);
  });
});
