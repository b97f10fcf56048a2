import fc from 'fast-check';
import { expect, it } from 'vitest';
import { userKnnRecommender } from '../../../../src/math/recommenders/index.ts';
import { anyRows, matrixOf } from '../../../support/sparse-matrices.ts';

it('does not depend on the order of the learners, though not all of them have a vote', () => {
  const recommender = userKnnRecommender({ shrink: 1, neighbourCount: 2 });
  fc.assert(
    fc.property(anyRows({ min: 1, minRows: 1 }), (rows) => {
      const history = matrixOf(rows).row(0);
      const scores = recommender.fit(matrixOf(rows)).score(history);
      const turned = recommender.fit(matrixOf(rows.toReversed())).score(history);
      scores.forEach((score, item) => {
        expect(turned[item]).toBeCloseTo(score, 12);
      });
    }),
    { numRuns: 300 },
  );
});

it('refuses options out of bounds', () => {
  expect(() => userKnnRecommender({ shrink: -1 })).toThrow('shrink');
  expect(() => userKnnRecommender({ neighbourCount: 0.5 })).toThrow('neighbourCount');
});
