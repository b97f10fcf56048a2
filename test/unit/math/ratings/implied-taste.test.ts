import { describe, expect, it } from 'vitest';
import { bayesMfPredictor, type RatingData, svdppPredictor } from '../../../../src/math/ratings/index.ts';

/**
 * Users of two kinds give everything that only their kind rates a 3, and the last ten items a 5 or a 1 by their kind:
 * of a newcomer who has not rated those, only which items were rated tells the kind.
 */
function kinds(): RatingData {
  const rated = Array.from({ length: 40 }, (_, user) => {
    const even = user % 2 === 0;
    const own = Array.from({ length: 10 }, (_, i) => [user, even ? i : 10 + i, 3] as const);
    const shared = Array.from({ length: 10 }, (_, i) => [user, 20 + i, even ? 5 : 1] as const);
    // Each user leaves out some, so that the sets differ within a kind too.
    return [...own, ...shared].filter((_, n) => (n + user) % 4 !== 0);
  }).flat();
  return {
    userCount: 40,
    itemCount: 30,
    users: rated.map(([user]) => user),
    items: rated.map(([, item]) => item),
    values: rated.map(([, , value]) => value),
  };
}

describe.each([
  ['svdpp', svdppPredictor({ factorCount: 4, epochs: 80, learningRate: 0.02, factorPenalty: 0.02 })],
  ['bayes-mf', bayesMfPredictor({ factorCount: 3, burnIn: 60, sampleCount: 40, thinning: 1 })],
])('%s', (_, predictor) => {
  it('tells from which items a newcomer rated what the ratings do not say', () => {
    const model = predictor.fit(kinds());
    const items = [1, 2, 3, 4, 6, 7];
    const values = items.map(() => 3);
    const even = model.foldIn({ items, values });
    const odd = model.foldIn({ items: items.map((item) => item + 10), values });
    expect(even.predict(25)).toBeGreaterThan(odd.predict(25) + 1.5);
  });
});
