import { evaluateRanking } from '../../math/evaluation/index.ts';
import { itemKnnModel, popularityModel } from '../../math/recommenders/index.ts';
import { cosineSimilarity, joinNeighbourLists, type NeighbourLists } from '../../math/similarity/index.ts';
import { CsrMatrix } from '../../math/sparse/index.ts';
import { type InteractionKind, preferenceMatrix } from '../../math/weighting/index.ts';
import { weightAt } from '../interaction-weighing.ts';
import { chooseHoldout } from './holdout.ts';
import { chooseJudged } from './judged-people.ts';
import type { MatrixParts } from './matrix-parts.ts';
import { shardBounds } from './shard-bounds.ts';
import type { SimilarityParams } from './similarity-params.ts';
import type { SplitMetrics } from './split-metrics.ts';

/** Interactions as columns of equal length, people and contents numbered densely. */
export interface TrainingInteractions {
  readonly userCount: number;
  readonly contentCount: number;
  readonly users: Int32Array;
  readonly contents: Int32Array;
  /** Place of the kind in `kindNames`. */
  readonly kinds: Uint8Array;
  readonly kindNames: readonly InteractionKind[];
  readonly values: Float64Array;
  readonly occurredAtMs: Float64Array;
}

export interface Preferences {
  /** Contents by people: how much each person wants each content. */
  readonly matrix: MatrixParts;
  /** Sum of the preferences for each content. */
  readonly popularity: Float64Array;
}

/** What all shards of a training read. */
export interface TrainingInput {
  readonly full: Preferences;
  /** The same without what was held out to measure by. */
  readonly past: Preferences;
  /** Judged people by contents: what they did before the split, and what new they did after it. */
  readonly histories: MatrixParts;
  readonly futures: MatrixParts;
  readonly split: SplitMetrics['split'];
  /** Where the shards begin, and where the last one ends. */
  readonly bounds: readonly number[];
}

/** The neighbours of the contents of one shard. */
export interface ShardLists {
  readonly full: NeighbourLists;
  readonly past: NeighbourLists;
}

/**
 * Weighs every interaction, sums the weights of each person and content to a preference, and holds out what the model
 * is measured by.
 *
 * @param asOfMs The moment at which the weights are taken. With that of the newest interaction, and not of today, the
 * same interactions give the same model on any day.
 */
export function prepareTraining(
  interactions: TrainingInteractions,
  { asOfMs, shardCount }: { asOfMs: number; shardCount: number | null },
): TrainingInput {
  const weights = weightsOf(interactions, asOfMs);
  const { split, isHeldOut } = chooseHoldout(interactions.occurredAtMs);
  const select = (wanted: (position: number) => boolean) =>
    preferencesOf(
      interactions,
      weights.map((weight, position) => (wanted(position) ? weight : 0)),
    );
  const all = select(() => true);
  const past = select((position) => isHeldOut[position] === 0);
  const later = select((position) => isHeldOut[position] === 1);
  const contents = all.transpose();
  return {
    full: { matrix: partsOf(contents), popularity: all.columnSums() },
    past: { matrix: partsOf(past.transpose()), popularity: past.columnSums() },
    ...chooseJudged(past, later),
    split,
    bounds: shardBounds(workOfRows(contents, all), shardCount),
  };
}

/** The neighbours of a block of contents. Blocks do not depend on one another. */
export function findShard(
  input: TrainingInput,
  { from, to, params }: { from: number; to: number; params: SimilarityParams },
): ShardLists {
  const measure = cosineSimilarity(params);
  const listsOf = ({ matrix }: Preferences) => measure.similarRows(CsrMatrix.fromParts(matrix), { from, to });
  return { full: listsOf(input.full), past: listsOf(input.past) };
}

/** Puts the shards together, and measures the model of the past on what people did next. */
export function mergeShards(
  input: TrainingInput,
  shards: readonly ShardLists[],
): { lists: NeighbourLists; metrics: SplitMetrics } {
  const past = joinNeighbourLists(shards.map((shard) => shard.past));
  return { lists: joinNeighbourLists(shards.map((shard) => shard.full)), metrics: measureSplit(input, past) };
}

const CUT = 20;

function measureSplit({ histories, futures, past, split }: TrainingInput, lists: NeighbourLists): SplitMetrics {
  const users = histories.rowCount;
  if (users === 0) return { split, users, ndcg: 0, recall: 0, popularityNdcg: 0 };
  const data = { train: CsrMatrix.fromParts(histories), test: CsrMatrix.fromParts(futures), cutoffs: [CUT], seed: 1 };
  const { metrics } = evaluateRanking({ model: itemKnnModel(lists, past.popularity), ...data });
  const floor = evaluateRanking({ model: popularityModel(past.popularity), ...data }).metrics;
  const figure = (from: Readonly<Record<string, number>>, name: string) => from[`${name}@${CUT}`] ?? 0;
  return {
    split,
    users,
    ndcg: figure(metrics, 'ndcg'),
    recall: figure(metrics, 'recall'),
    popularityNdcg: figure(floor, 'ndcg'),
  };
}

function weightsOf(interactions: TrainingInteractions, asOfMs: number): Float64Array {
  const { kinds, kindNames, values, occurredAtMs } = interactions;
  const weights = new Float64Array(kinds.length);
  for (let at = 0; at < weights.length; at++) {
    const kind = kindNames[kinds[at] as number] as InteractionKind;
    const value = values[at] as number;
    weights[at] = weightAt({ kind, value, occurredAtMs: occurredAtMs[at] as number }, asOfMs);
  }
  return weights;
}

function preferencesOf(interactions: TrainingInteractions, values: Float64Array): CsrMatrix {
  const { userCount: rowCount, contentCount: columnCount, users: rows, contents: columns } = interactions;
  return preferenceMatrix({ rowCount, columnCount, rows, columns, values });
}

/** For each content, the entries that are walked through to compare it with all others. */
function workOfRows(contents: CsrMatrix, people: CsrMatrix): Float64Array {
  const work = new Float64Array(contents.rowCount);
  for (let row = 0; row < contents.rowCount; row++) {
    for (const person of contents.row(row).indices) {
      const length = (people.offsets[person + 1] as number) - (people.offsets[person] as number);
      work[row] = (work[row] as number) + length;
    }
  }
  return work;
}

/** A plain object: a class does not travel. */
function partsOf({ rowCount, columnCount, offsets, columns, values }: CsrMatrix): MatrixParts {
  return { rowCount, columnCount, offsets, columns, values };
}
