import { evaluateCandidates } from '../../math/evaluation/index.ts';
import type { CandidateData } from './candidate-data.ts';
import type { EvaluationTask } from './evaluation-task.ts';

export interface CandidateSettings {
  /** Lengths at which rankings are cut. */
  readonly cutoffs: readonly number[];
  /** Decides among equal scores; any 32-bit integer. */
  readonly seed: number;
  /** How the cases came to be, in words; the first rule of the protocol. */
  readonly origin: string;
}

/** One item that the learner chose among some that the learner did not choose. */
export function candidateTask({ train, cases }: CandidateData, settings: CandidateSettings): EvaluationTask {
  return {
    protocol: candidateProtocol(settings),
    users: cases.users.length,
    items: train.columnCount,
    objective: `ndcg@${settings.cutoffs.includes(10) ? 10 : settings.cutoffs[0]}`,
    measure(recommender) {
      const { metrics, perCase } = evaluateCandidates({ model: recommender.fit(train), train, cases, ...settings });
      return { metrics, perUser: perCase };
    },
  };
}

function candidateProtocol({ origin, seed }: CandidateSettings): string {
  return [
    origin,
    'a negative that stands in the train rows of the learner is left out: it was chosen, and would not be shown again',
    `equal scores are ordered at random (seed ${seed})`,
    'hr@k is 1 when the chosen item is among the first k',
    'ndcg@k is 1 / log2(rank + 1) when it is among the first k, else 0',
    'all are means over the rows',
  ].join('; ');
}
