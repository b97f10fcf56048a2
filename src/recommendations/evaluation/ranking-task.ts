import { evaluateRanking } from '../../math/evaluation/index.ts';
import type { EvaluationTask } from './evaluation-task.ts';
import type { RankingData } from './ranking-data.ts';

export interface RankingSettings {
  /** Lengths at which rankings are cut. */
  readonly cutoffs: readonly number[];
  /** Decides among equal scores; any 32-bit integer. */
  readonly seed: number;
  /** Whether novelty and diversity are measured too; they take time. */
  readonly withLists: boolean;
}

/** Full ranking of all items for each learner. */
export function rankingTask(data: RankingData, settings: RankingSettings): EvaluationTask {
  const { offsets } = data.test;
  return {
    protocol: rankingProtocol(settings),
    users: offsets.reduce((count, offset, user) => count + (user > 0 && offset !== offsets[user - 1] ? 1 : 0), 0),
    items: data.train.columnCount,
    objective: `ndcg@${settings.cutoffs.includes(20) ? 20 : settings.cutoffs[0]}`,
    measure(recommender) {
      return evaluateRanking({ model: recommender.fit(data.train), ...data, ...settings });
    },
  };
}

function rankingProtocol({ seed, withLists }: RankingSettings): string {
  const lists = [
    'novelty@k is the mean of -log2(train learners of the item / learners) over the first k, an item of nobody taken as ' +
      'one of a single learner',
    'diversity@k is 1 less the mean cosine of the pairs among the first k by their train learners, 0 for a single item',
  ];
  return [
    'ranking: every item of train or test is ranked for each learner who has a test item, without the items of the ' +
      "learner's train lines",
    'a learner without train lines is scored from an empty history',
    'an item given twice counts once, and a test item that is also in train counts as missed',
    ...rankingRules(seed),
    ...(withLists ? lists : []),
    'all but coverage are means over learners',
  ].join('; ');
}

/** How rankings of any set of items are judged. */
export function rankingRules(seed: number): readonly string[] {
  return [
    `equal scores are ordered at random (seed ${seed})`,
    "recall@k divides by the learner's number of test items",
    'ndcg@k has binary relevance and an ideal ranking cut at k',
    'map@k divides by the lesser of k and the number of test items',
    'coverage@k is the share of items in the first k of any learner',
  ];
}
