import { setPriority } from 'node:os';
import { deserialize, serialize } from 'node:v8';
import {
  findShard,
  mergeShards,
  prepareTraining,
  type ShardLists,
  type TrainingInput,
  type TrainingInteractions,
} from './similarity-kernels.ts';
import type { SimilarityParams } from './similarity-params.ts';

/**
 * What the threads run. Everything that this file imports is plain TypeScript that Node runs as it is, so that a thread
 * needs no loader. Inputs and results that outlive a job travel as bytes, which are made and read here, off the event
 * loop.
 */

/** Yields the processor to whoever answers requests: on Linux this is the priority of the thread, not of the process. */
const LOW_PRIORITY = 10;
if (process.platform === 'linux') setPriority(LOW_PRIORITY);

export interface PreparedInput {
  readonly bytes: Uint8Array;
  readonly bounds: readonly number[];
}

export function prepare(task: {
  interactions: TrainingInteractions;
  contentIds: readonly string[];
  asOfMs: number;
  shardCount: number | null;
}): PreparedInput {
  const { interactions, contentIds, ...options } = task;
  const input = prepareTraining(interactions, options);
  return { bytes: serialize({ ...input, contentIds }), bounds: input.bounds };
}

export function shard(task: { input: Uint8Array; from: number; to: number; params: SimilarityParams }): Uint8Array {
  return serialize(findShard(read<TrainingInput>(task.input), task));
}

export function merge(task: { input: Uint8Array; shards: readonly Uint8Array[] }) {
  const input = read<TrainingInput & { contentIds: string[] }>(task.input);
  const merged = mergeShards(
    input,
    task.shards.map((bytes) => read<ShardLists>(bytes)),
  );
  return { ...merged, contentIds: input.contentIds, popularity: input.full.popularity };
}

function read<Value>(bytes: Uint8Array): Value {
  return deserialize(bytes) as Value;
}
