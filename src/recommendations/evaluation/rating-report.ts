import { evaluateRatings, type RatingEvaluation } from '../../math/evaluation/index.ts';
import type { RatingSplit } from './rating-data.ts';
import type { ConfiguredPredictor } from './rating-models.ts';

export interface RatingReport {
  /** What was measured, in words, so that a number can be compared with others. */
  readonly protocol: string;
  readonly model: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Learners that counted: those with a rating to predict. */
  readonly users: number;
  /** Items that the model learnt from. */
  readonly items: number;
  /** Ratings that were predicted. */
  readonly ratings: number;
  readonly metrics: Readonly<Record<string, number>>;
  /** To fit and to measure, the reading of files left out. */
  readonly seconds: number;
}

/** A report together with what each learner gave, for tests of significance. */
export interface DetailedRatingReport extends RatingReport {
  readonly perUser: RatingEvaluation['perUser'];
}

/** Fits the model on the train ratings and measures it on the test ratings. */
export function reportRatings(
  { predictor, params }: ConfiguredPredictor,
  { train, test }: RatingSplit,
  { seed }: { seed: number },
): DetailedRatingReport {
  const startMs = performance.now();
  const model = predictor.fit(train);
  const { metrics, users, perUser } = evaluateRatings(model, test);
  const { min, max } = model.scale;
  return {
    protocol: ratingProtocol({ min, max, seed }),
    model: predictor.name,
    params,
    users: users.length,
    items: train.itemCount,
    ratings: test.values.length,
    metrics: { ...metrics },
    seconds: Math.round(performance.now() - startMs) / 1_000,
    perUser,
  };
}

function ratingProtocol({ min, max, seed }: { min: number; max: number; seed: number }): string {
  return [
    'rating: each rating of test is predicted from the ratings of train alone; times are not used',
    `predictions are held to the scale of the train ratings, ${min} to ${max}`,
    'a learner or an item that is not in train is answered by what is known of the other',
    'a rating counts as often as it stands in a file',
    'rmse and mae are over all test ratings alike, not over learners',
    `what is drawn at random is drawn with seed ${seed}`,
  ].join('; ');
}
