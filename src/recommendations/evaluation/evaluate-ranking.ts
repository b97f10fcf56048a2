import { evaluateRanking } from '../../math/evaluation/index.ts';
import type { RankingData } from './ranking-data.ts';
import type { ConfiguredModel } from './ranking-model.ts';

export interface RankingSettings {
  /** Lengths at which rankings are cut. */
  readonly cutoffs: readonly number[];
  /** Decides among equal scores; any 32-bit integer. */
  readonly seed: number;
}

export interface RankingReport {
  /** What was measured, in words, so that a number can be compared with others. */
  readonly protocol: string;
  readonly model: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Learners that counted: those with at least one test item. */
  readonly users: number;
  /** Items that were ranked. */
  readonly items: number;
  readonly metrics: Readonly<Record<string, number>>;
}

/**
 * Fits the model on the train interactions and measures it on the test interactions.
 *
 * @throws RangeError when a cutoff or the seed is out of bounds.
 */
export function reportRanking(model: ConfiguredModel, data: RankingData, settings: RankingSettings): RankingReport {
  const fitted = model.recommender.fit(data.train);
  const { users, metrics } = evaluateRanking({ model: fitted, ...data, ...settings });
  return {
    protocol: rankingProtocol(settings.seed),
    model: model.recommender.name,
    params: model.params,
    users: users.length,
    items: data.train.columnCount,
    metrics,
  };
}

function rankingProtocol(seed: number): string {
  return [
    'ranking: every item of train or test is ranked for each learner who has a test item, without the items of the ' +
      "learner's train lines",
    'a learner without train lines is scored from an empty history',
    'an item given twice counts once, and a test item that is also in train counts as missed',
    `equal scores are ordered at random (seed ${seed})`,
    "recall@k divides by the learner's number of test items",
    'ndcg@k has binary relevance and an ideal ranking cut at k',
    'map@k divides by the lesser of k and the number of test items',
    'coverage@k is the share of items in the first k of any learner',
    'all but coverage are means over learners',
  ].join('; ');
}
