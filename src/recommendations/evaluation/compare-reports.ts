import { type PairedDifference, pairedBootstrap, pooledBootstrap } from '../../math/evaluation/index.ts';
import type { DetailedReport } from './evaluation-task.ts';
import type { DetailedRatingReport } from './rating-report.ts';

/** How one model differs from another on the same learners, by the names of the metrics. */
export interface Comparison {
  readonly model: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly differences: Readonly<Record<string, PairedDifference>>;
}

export const BOOTSTRAP_RESAMPLES = 2_000;

/**
 * The model less the other, for each metric that is a mean over learners, by the paired bootstrap.
 *
 * @param options `seed`: decides which learners are drawn; any 32-bit integer.
 * @throws RangeError when the reports are not of the same learners.
 */
export function compareReports(report: DetailedReport, other: DetailedReport, { seed }: { seed: number }): Comparison {
  const shared = Object.entries(report.perUser).filter(([name]) => name in other.perUser);
  const differences = shared.map(([name, values]) => {
    const others = other.perUser[name] as Float64Array;
    return [name, pairedBootstrap(values, others, { resamples: BOOTSTRAP_RESAMPLES, seed })] as const;
  });
  return { model: other.model, params: other.params, differences: Object.fromEntries(differences) };
}

/**
 * The same for ratings, whose measures are over all ratings alike: learners are drawn with all of theirs.
 *
 * @throws RangeError when the reports are not of the same learners.
 */
export function compareRatings(
  report: DetailedRatingReport,
  other: DetailedRatingReport,
  { seed }: { seed: number },
): Comparison {
  const [ours, theirs] = [report.perUser, other.perUser];
  const options = { cases: ours.ratings, resamples: BOOTSTRAP_RESAMPLES, seed };
  const differences = {
    rmse: pooledBootstrap(ours.squaredError, theirs.squaredError, { ...options, measure: Math.sqrt }),
    mae: pooledBootstrap(ours.absoluteError, theirs.absoluteError, { ...options, measure: (mean) => mean }),
  };
  return { model: other.model, params: other.params, differences };
}
