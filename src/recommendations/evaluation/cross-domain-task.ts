import { evaluateRanking, type RankingEvaluation } from '../../math/evaluation/index.ts';
import type { Recommender } from '../../math/recommenders/index.ts';
import { CsrMatrix } from '../../math/sparse/index.ts';
import type { CrossDomainData } from './cross-domain-data.ts';
import type { EvaluationTask, Measured } from './evaluation-task.ts';
import { joinDomains, type SourceSettings } from './joint-domains.ts';
import { rankingRules } from './ranking-task.ts';

export interface CrossDomainSettings extends SourceSettings {
  /** Lengths at which rankings are cut. */
  readonly cutoffs: readonly number[];
  /** Decides among equal scores; any 32-bit integer. */
  readonly seed: number;
}

/** Learners with fewer target interactions than this are looked at apart: they have the most to gain. */
export const FEW_INTERACTIONS = 5;

/**
 * The same model twice: fitted to the target alone, and to the joint matrix of source and target; both rank the target's
 * items for the same learners. Metrics are named such as `with/few/recall@20`: `with` or `without` the source, or `gain`,
 * the first over the second less 1 (left out where the second is 0); for `all` or for those with `few` interactions.
 */
export function crossDomainTask(data: CrossDomainData, settings: CrossDomainSettings): EvaluationTask {
  const { train, test } = data;
  const { cutoffs, seed } = settings;
  const tested = Array.from({ length: test.rowCount }, (_, user) => user).filter((user) => length(test, user) > 0);
  return {
    protocol: crossDomainProtocol(settings, data.twinCount),
    users: tested.length,
    items: train.columnCount,
    objective: `with/all/ndcg@${cutoffs.includes(20) ? 20 : cutoffs[0]}`,
    measure(recommender) {
      const without = evaluateRanking({ model: recommender.fit(train), train, test, cutoffs, seed });
      const joint = measureJoint(recommender, data, settings);
      const few = tested.map((user) => length(train, user) < FEW_INTERACTIONS);
      return combine({ with: joint, without }, { few, cutoffs });
    },
  };
}

/** Only the arm with the source, for the choice of settings. */
export function measureJoint(
  recommender: Recommender,
  { source, train, test }: CrossDomainData,
  settings: CrossDomainSettings,
): RankingEvaluation {
  const joint = joinDomains(source, train, settings);
  return evaluateRanking({
    model: recommender.fit(joint),
    train: joint,
    test: shiftColumns(test, source.columnCount),
    candidates: Int32Array.from({ length: train.columnCount }, (_, item) => source.columnCount + item),
    cutoffs: settings.cutoffs,
    seed: settings.seed,
  });
}

function combine(
  arms: { readonly with: RankingEvaluation; readonly without: RankingEvaluation },
  { few, cutoffs }: { few: readonly boolean[]; cutoffs: readonly number[] },
): Measured {
  const metrics: Record<string, number> = {};
  const perUser: Record<string, Float64Array> = {};
  for (const name of Object.keys(arms.with.perUser)) {
    for (const [group, isIn] of Object.entries({ all: () => true, few: (at: number) => few[at] === true })) {
      const [joint, alone] = [arms.with, arms.without].map((arm) => arm.perUser[name]?.filter((_, at) => isIn(at)));
      if (!joint || !alone || joint.length === 0) continue;
      const [mean, base] = [meanOf(joint), meanOf(alone)];
      Object.assign(perUser, { [`with/${group}/${name}`]: joint, [`without/${group}/${name}`]: alone });
      Object.assign(metrics, { [`with/${group}/${name}`]: mean, [`without/${group}/${name}`]: base });
      if (base > 0) metrics[`gain/${group}/${name}`] = mean / base - 1;
    }
  }
  for (const k of cutoffs) metrics[`with/all/coverage@${k}`] = arms.with.metrics[`coverage@${k}`] as number;
  return { metrics, perUser };
}

function crossDomainProtocol({ seed, sourceWeight, sourcePower }: CrossDomainSettings, twinCount: number): string {
  const twins =
    `${twinCount} source items are left out because the target lists the same thing: their people are nearly the same, ` +
    'test included, or their titles are';
  return [
    'cross-domain: every target item is ranked for each learner with a test item, without those of the learner in train',
    '"without" fits the model to the target alone, "with" to the joint matrix of the items of source and target',
    `an interaction of the source weighs ${sourceWeight} times (mean learners of a source item / learners of the item) to ` +
      `the power ${sourcePower}, one of the target 1`,
    `"few" are the learners with fewer than ${FEW_INTERACTIONS} target interactions in train`,
    '"gain" is "with" over "without" less 1',
    ...(twinCount > 0 ? [twins] : []),
    ...rankingRules(seed),
    'all but coverage are means over learners',
  ].join('; ');
}

function shiftColumns({ rowCount, columnCount, offsets, columns, values }: CsrMatrix, by: number): CsrMatrix {
  const shifted = columns.map((column) => column + by);
  return CsrMatrix.fromParts({ rowCount, columnCount: columnCount + by, offsets, columns: shifted, values });
}

function length({ offsets }: CsrMatrix, row: number): number {
  return (offsets[row + 1] as number) - (offsets[row] as number);
}

function meanOf(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}
