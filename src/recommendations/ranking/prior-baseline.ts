import { fitMachine } from '../../math/ranker/index.ts';
import { CsrMatrix } from '../../math/sparse/index.ts';
import { FEATURE_COUNT } from '../feed/features.ts';
import { priorRanker } from '../feed/ranker.ts';
import { POSITION_BUCKETS, positionBucket } from './ranker-columns.ts';
import type { ShownExamplesLog } from './shown-examples.ts';

/** How the rule by hand does, for each example. */
export interface PriorBaseline {
  /** Its own scores. */
  readonly scores: Float64Array;
  /** The log-odds of a click that they mean in the place where each stood. */
  readonly clickLogOdds: Float64Array;
}

/**
 * The rule by hand gives no chances of a click and knows nothing of places: a logistic regression on its score and the
 * place, learnt from the same first examples, up to `end`, lets it be compared.
 */
export function priorBaseline(log: ShownExamplesLog, end: number): PriorBaseline {
  const count = log.content.length;
  const rows = Array.from({ length: count }, (_, e) => ({
    features: log.features.subarray(e * FEATURE_COUNT, (e + 1) * FEATURE_COUNT),
  }));
  const scores = priorRanker.score(rows);
  const columnOf = (e: number) => 1 + positionBucket(log.position[e] as number);
  const features = CsrMatrix.fromParts({
    rowCount: end,
    columnCount: 1 + POSITION_BUCKETS,
    offsets: Int32Array.from({ length: end + 1 }, (_, e) => 2 * e),
    columns: Int32Array.from({ length: 2 * end }, (_, entry) => (entry % 2 === 0 ? 0 : columnOf(entry >> 1))),
    values: Float64Array.from({ length: 2 * end }, (_, entry) =>
      entry % 2 === 0 ? (scores[entry >> 1] as number) : 1,
    ),
  });
  const { machine } = fitMachine({ features, labels: log.clicked.subarray(0, end) }, { factorCount: 0 });
  const clickLogOdds = scores.map((score, e) => machine.logOdds({ indices: [0, columnOf(e)], values: [score, 1] }));
  return { scores, clickLogOdds };
}
