import type { Recommender } from '../../math/recommenders/index.ts';
import { CsrMatrix } from '../../math/sparse/index.ts';
import { holdOutShare } from '../../math/splits/index.ts';
import { cutCandidates } from './candidate-data.ts';
import { candidateTask } from './candidate-task.ts';
import { type CrossDomainData, cutCrossDomain } from './cross-domain-data.ts';
import { measureJoint } from './cross-domain-task.ts';
import { configureModel, type RankingModelName, searchSpaceOf } from './ranking-models.ts';
import { rankingTask } from './ranking-task.ts';
import { type SearchSpace, searchSpace } from './search-space.ts';
import { type SearchOptions, searchTrials, type Trial } from './search-trials.ts';

export type TuneData =
  | { readonly protocol: 'ranking' | 'candidates'; readonly train: CsrMatrix }
  | ({ readonly protocol: 'cross-domain' } & Omit<CrossDomainData, 'test'>);

export interface TuneOptions extends SearchOptions {
  /** What to try in place of the model's own space. */
  readonly space?: SearchSpace;
  /** Length of the head by whose NDCG settings are judged. */
  readonly cutoff: number;
  /** Share of each learner's train items held out; for `ranking`. */
  readonly heldShare: number;
  /** Random items that a held out one is ranked among; for `candidates`. */
  readonly negativeCount: number;
}

export interface TuneReport {
  /** How settings were judged, in words. */
  readonly protocol: string;
  readonly model: string;
  /** The best settings, also those that nobody varied. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly objective: string;
  readonly score: number;
  readonly trials: readonly Trial[];
}

/** How the source enters, beside the settings of the model. */
const SOURCE_SPACE: SearchSpace = searchSpace.parse({
  sourceWeight: { min: 0.05, max: 5, scale: 'log' },
  sourcePower: { min: 0, max: 1 },
});
const SOURCE_DEFAULTS = { sourceWeight: 1, sourcePower: 0 };

/**
 * Searches the settings of a model on a validation split cut from train alone; a test file has no way in.
 *
 * @throws InvalidInputError for a setting in the space that the model does not have, or when every setting is refused.
 */
export function tuneModel(model: RankingModelName, data: TuneData, options: TuneOptions): TuneReport {
  const own = options.space ?? searchSpaceOf(model);
  const space = data.protocol === 'cross-domain' && !options.space ? { ...own, ...SOURCE_SPACE } : own;
  const judge = judgeFor(data, options);
  const evaluate = (params: Readonly<Record<string, unknown>>, share: number) => {
    const { sourceWeight, sourcePower, settings } = partParams(params, data.protocol);
    return judge(configureModel(model, settings, rivalsFor(data.protocol)).recommender, {
      share,
      sourceWeight,
      sourcePower,
    });
  };
  const { best, trials } = searchTrials(evaluate, space, options);
  const { settings, ...source } = partParams(best.params, data.protocol);
  const { params } = configureModel(model, settings, rivalsFor(data.protocol));
  return {
    protocol: tuneProtocol(data.protocol, options),
    model,
    params: data.protocol === 'cross-domain' ? { ...params, ...source } : params,
    objective: `ndcg@${options.cutoff}`,
    score: best.score ?? 0,
    trials,
  };
}

function rivalsFor(protocol: TuneData['protocol']) {
  return protocol === 'candidates' ? 'random' : 'top';
}

interface SourceOf {
  readonly share: number;
  readonly sourceWeight: number;
  readonly sourcePower: number;
}

/** What a recommender scores on the validation split. Splits are cut once for each share. */
function judgeFor(data: TuneData, options: TuneOptions): (recommender: Recommender, of: SourceOf) => number {
  const { cutoff, seed } = options;
  const settings = { cutoffs: [cutoff], seed, withLists: false, origin: 'validation' };
  const name = `ndcg@${cutoff}`;
  const trains = new Map<number, CsrMatrix>();
  const trainOf = (share: number) => {
    const known = trains.get(share) ?? firstRows(data.train, share);
    trains.set(share, known);
    return known;
  };
  return (recommender, { share, sourceWeight, sourcePower }) => {
    const train = trainOf(share);
    if (data.protocol === 'cross-domain') {
      const cut = cutCrossDomain({ source: firstRows(data.source, share), train }, seed);
      const joint = measureJoint(recommender, cut, { ...settings, sourceWeight, sourcePower });
      return joint.metrics[name] as number;
    }
    const task =
      data.protocol === 'ranking'
        ? rankingTask(rankingCut(train, options), settings)
        : candidateTask(cutCandidates(train, options), settings);
    return task.measure(recommender).metrics[name] as number;
  };
}

function rankingCut(train: CsrMatrix, { heldShare: share, seed }: TuneOptions) {
  const { train: part, held } = holdOutShare(train, { share, seed });
  return { train: part, test: held };
}

function partParams(params: Readonly<Record<string, unknown>>, protocol: TuneData['protocol']) {
  if (protocol !== 'cross-domain') return { settings: params, ...SOURCE_DEFAULTS };
  const { sourceWeight, sourcePower, ...settings } = { ...SOURCE_DEFAULTS, ...params };
  return { settings, sourceWeight: Number(sourceWeight), sourcePower: Number(sourcePower) };
}

function firstRows(matrix: CsrMatrix, share: number): CsrMatrix {
  if (share === 1) return matrix;
  const rowCount = Math.max(1, Math.round(matrix.rowCount * share));
  const offsets = matrix.offsets.slice(0, rowCount + 1);
  const end = offsets[rowCount] as number;
  const { columnCount } = matrix;
  const columns = matrix.columns.slice(0, end);
  return CsrMatrix.fromParts({ rowCount, columnCount, offsets, columns, values: matrix.values.slice(0, end) });
}

function tuneProtocol(protocol: TuneData['protocol'], options: TuneOptions): string {
  const { heldShare, negativeCount, seed, strategy, cutoff } = options;
  const cut = {
    ranking: `${heldShare} of each learner's train items are held out at random and ranked among all others`,
    candidates: `one train item of each learner is held out at random and ranked among ${negativeCount} random others`,
    'cross-domain': 'one target item of each learner is held out at random and ranked among all others of the target',
  }[protocol];
  return [
    `tune ${protocol}: ${cut}`,
    'no test file is read',
    `settings are drawn at random, the defaults first (seed ${seed}, strategy ${strategy})`,
    `the best has the highest ndcg@${cutoff} on all learners`,
  ].join('; ');
}
