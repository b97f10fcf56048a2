import { evaluateRanking } from '../../math/evaluation/index.ts';
import { itemKnnModel, popularityModel } from '../../math/recommenders/index.ts';
import {
  type CosineOptions,
  cosineSimilarity,
  joinNeighbourLists,
  type NeighbourLists,
  renewLists,
} from '../../math/similarity/index.ts';
import { CsrMatrix } from '../../math/sparse/index.ts';
import type { Compared, EarlierBlock } from './earlier-version.ts';
import type { MatrixParts } from './matrix-parts.ts';
import { type SimilarityParams, TEXT_NEIGHBOURS } from './similarity-params.ts';
import type { SplitMetrics } from './split-metrics.ts';
import type { ShardLists, TrainingInput, TrainingOutline } from './training-input.ts';

/**
 * The neighbours of a block of contents. Blocks do not depend on one another.
 *
 * @param earlier the lists of the block then, for a training that goes on from an earlier version
 */
export function findShard(
  { full, past, texts, changes }: TrainingInput & { readonly texts: MatrixParts },
  { from, to, params, earlier }: { from: number; to: number; params: SimilarityParams; earlier: EarlierBlock | null },
): ShardLists {
  const find = (name: Compared, parts: MatrixParts, options: CosineOptions) => {
    const matrix = CsrMatrix.fromParts(parts);
    if (changes && earlier) {
      return renewLists(matrix, { from, to }, { lists: earlier[name], isChanged: changes[name], ...options });
    }
    return { lists: cosineSimilarity(options).similarRows(matrix, { from, to }), recomputedCount: to - from };
  };
  const behaviour = find('full', full, params);
  return {
    full: behaviour.lists,
    past: find('past', past, params).lists,
    // Vectors of texts have length 1 or 0, and a cosine of words needs no people to rest on.
    texts: find('texts', texts, { shrink: 0, neighbourCount: TEXT_NEIGHBOURS }).lists,
    recomputedCount: behaviour.recomputedCount,
  };
}

export interface MergedLists {
  readonly neighbours: NeighbourLists;
  readonly textNeighbours: NeighbourLists;
  readonly past: NeighbourLists;
  readonly metrics: SplitMetrics;
  /** Contents that were compared with all others by what people did. */
  readonly recomputedCount: number;
}

/** Puts the shards together, and measures the model of the past on what people did next. */
export function mergeShards(outline: TrainingOutline, shards: readonly ShardLists[]): MergedLists {
  const join = (name: Compared) => joinNeighbourLists(shards.map((shard) => shard[name]));
  const past = join('past');
  return {
    neighbours: join('full'),
    textNeighbours: join('texts'),
    past,
    metrics: measureSplit(outline, past),
    recomputedCount: shards.reduce((sum, shard) => sum + shard.recomputedCount, 0),
  };
}

const CUT = 20;

function measureSplit(
  { histories, futures, pastPopularity, split }: TrainingOutline,
  lists: NeighbourLists,
): SplitMetrics {
  const users = histories.rowCount;
  if (users === 0) return { split, users, ndcg: 0, recall: 0, popularityNdcg: 0 };
  const data = { train: CsrMatrix.fromParts(histories), test: CsrMatrix.fromParts(futures), cutoffs: [CUT], seed: 1 };
  const { metrics } = evaluateRanking({ model: itemKnnModel(lists, pastPopularity), ...data });
  const floor = evaluateRanking({ model: popularityModel(pastPopularity), ...data }).metrics;
  const figure = (from: Readonly<Record<string, number>>, name: string) => from[`${name}@${CUT}`] ?? 0;
  return {
    split,
    users,
    ndcg: figure(metrics, 'ndcg'),
    recall: figure(metrics, 'recall'),
    popularityNdcg: figure(floor, 'ndcg'),
  };
}
