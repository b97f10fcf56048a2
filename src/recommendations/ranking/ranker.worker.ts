import { setPriority } from 'node:os';
import { fitRanker, type RankerCounts } from './fit-ranker.ts';
import type { RankerMetrics } from './ranker-metrics.ts';
import { packRanker, type RankerModel, unpackRanker } from './ranker-model.ts';
import type { RankerParams } from './ranker-params.ts';
import { readShownExamples } from './shown-examples.ts';

/** What a thread runs: everything that this file imports is plain TypeScript that Node runs as it is. */

/** Yields the processor to whoever answers requests: on Linux this is the priority of the thread, not of the process. */
const LOW_PRIORITY = 10;
if (process.platform === 'linux') setPriority(LOW_PRIORITY);

export interface TrainRankerTask {
  /** Lines of `FeedRow` in the order of time, and of `PlacedContentRow`. */
  readonly feedLines: readonly Uint8Array[];
  readonly contentLines: Uint8Array;
  /** The version that serves, as bytes; null without one. */
  readonly serving: Uint8Array | null;
  readonly params: RankerParams;
  readonly asOfMs: number;
}

export interface TrainedRanker {
  readonly counts: RankerCounts;
  readonly metrics: RankerMetrics | null;
  readonly outcome: string;
  /** The version as bytes; null unless it shall be published. */
  readonly bytes: Uint8Array | null;
  readonly learntUntilMs: number | null;
}

/** Null for a version that cannot be read: it serves nobody, and the next one shall take its place. */
function openServing(bytes: Uint8Array): RankerModel | null {
  try {
    return unpackRanker(bytes);
  } catch {
    return null;
  }
}

export function train({ feedLines, contentLines, serving, params, asOfMs }: TrainRankerTask): TrainedRanker {
  const log = readShownExamples(feedLines, contentLines);
  const { model, ...rest } = fitRanker(log, { params, serving: serving && openServing(serving), asOfMs });
  return { ...rest, bytes: model && packRanker(model), learntUntilMs: model?.learntUntilMs ?? null };
}
