import type { NeighbourLists } from '../../math/similarity/index.ts';
import type { Changes, Series, TrainingMemory } from './earlier-version.ts';
import type { MatrixParts } from './matrix-parts.ts';
import type { NamedTaste } from './occupation-tastes.ts';
import type { SplitMetrics } from './split-metrics.ts';

/** What all shards of a training read, beside the texts. Contents are numbered in the order of their ids. */
export interface TrainingInput {
  /** Contents by people: how much each person wants each content. */
  readonly full: MatrixParts;
  /** The same without what was held out to measure by. */
  readonly past: MatrixParts;
  /** Null when everything is compared with everything. */
  readonly changes: Changes | null;
}

/** What else makes a version of the shards. */
export interface TrainingOutline {
  readonly contentIds: readonly string[];
  /** Sums of the preferences for each content, of all and of the past. */
  readonly popularity: Float64Array;
  readonly pastPopularity: Float64Array;
  readonly occupations: readonly NamedTaste[];
  /** Judged people by contents: what they did before the split, and what new they did after it. */
  readonly histories: MatrixParts;
  readonly futures: MatrixParts;
  readonly split: SplitMetrics['split'];
  readonly series: Series;
  readonly digests: TrainingMemory['digests'];
}

/** The neighbours of the contents of one shard. */
export interface ShardLists {
  readonly full: NeighbourLists;
  readonly past: NeighbourLists;
  readonly texts: NeighbourLists;
  /** Contents that were compared with all others by what people did. */
  readonly recomputedCount: number;
}
