import { baselinePredictor, bayesMfPredictor, mfPredictor, svdppPredictor } from '../../src/math/ratings/index.ts';
import { describeRatingPredictor } from './rating-predictor.contract.ts';

/** User 0 gives 5 and 3 to items 0 and 1, user 1 gives 4 to item 0: the mean is 4. */
const three = { userCount: 2, itemCount: 2, users: [0, 0, 1], items: [0, 1, 0], values: [5, 3, 4] };

describeRatingPredictor('baseline', baselinePredictor(), { hasTaste: false });

describeRatingPredictor('baseline of one round', baselinePredictor({ userShrink: 1, itemShrink: 1, rounds: 1 }), {
  hasTaste: false,
  fixtures: [
    {
      title: 'by biases that are each drawn towards zero by one rating',
      ratings: three,
      // Items first: (1 + 0) / 3 and -1 / 2; then users: (1 - 1/3 - 1 + 1/2) / 3 and (0 - 1/3) / 2.
      expected: [
        [0, 0, 4 + 1 / 3 + 1 / 18],
        [0, 1, 4 - 1 / 2 + 1 / 18],
        [1, 1, 4 - 1 / 2 - 1 / 6],
        [1, -1, 4 - 1 / 6],
        [-1, 0, 4 + 1 / 3],
        [-1, -1, 4],
      ],
    },
  ],
});

const quick = { factorCount: 4, epochs: 60, learningRate: 0.03, factorPenalty: 0.02 };

describeRatingPredictor('mf', mfPredictor(quick));

describeRatingPredictor('svdpp', svdppPredictor(quick));

describeRatingPredictor('bayes-mf', bayesMfPredictor({ factorCount: 3, burnIn: 40, sampleCount: 30, thinning: 1 }));
