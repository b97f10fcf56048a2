import { describe, expect, it } from 'vitest';
import { evaluateRanking } from '../../../../src/math/evaluation/index.ts';
import { ListMeter } from '../../../../src/math/evaluation/list-measures.ts';
import { popularityRecommender } from '../../../../src/math/recommenders/index.ts';
import { matrixOf } from '../../../support/sparse-matrices.ts';

/** Learners of items 0 to 3: four, one, one, none. Items 1 and 2 have the same one. */
const train = matrixOf([
  [1, 1, 1, 0],
  [1, 0, 0, 0],
  [1, 0, 0, 0],
  [1, 0, 0, 0],
]);

describe('what lists show', () => {
  it('is as novel as its items are rare, in bits, an item of nobody like one of a single learner', () => {
    const { novelty } = new ListMeter(train).measure(Int32Array.of(0, 1, 3));
    expect([...novelty]).toEqual([0, 1, (0 + 2 + 2) / 3]);
  });

  it('is as diverse as its pairs are unlike, and not at all with a single item', () => {
    const { diversity } = new ListMeter(train).measure(Int32Array.of(0, 1, 2, 3));
    // Cosines: 1/2 for items 0 and 1 as for 0 and 2, 1 for 1 and 2, none with 3.
    expect(diversity[0]).toBe(0);
    expect(diversity[1]).toBeCloseTo(1 / 2, 15);
    expect(diversity[2]).toBeCloseTo(1 - (1 / 2 + 1 / 2 + 1) / 3, 15);
    expect(diversity[3]).toBeCloseTo(1 - (1 / 2 + 1 / 2 + 1) / 6, 15);
  });

  it('owes nothing to the list measured before', () => {
    const meter = new ListMeter(train);
    const alone = new ListMeter(train).measure(Int32Array.of(2, 0));
    meter.measure(Int32Array.of(0, 1, 2));
    expect(meter.measure(Int32Array.of(2, 0))).toEqual(alone);
  });

  it('is part of an evaluation when asked for', () => {
    const test = matrixOf([
      [0, 0, 0, 1],
      [0, 1, 0, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ]);
    const input = { model: popularityRecommender().fit(train), train, test, cutoffs: [1, 2], seed: 1 };
    expect(evaluateRanking(input).metrics).not.toHaveProperty('novelty@1');
    const { metrics, perUser } = evaluateRanking({ ...input, withLists: true });
    // Learner 0 is shown item 3; learner 1 items 1 and 2, in some order.
    expect(metrics['novelty@2']).toBe(2);
    expect([...(perUser['diversity@2'] ?? [])]).toEqual([0, 0]);
  });
});
