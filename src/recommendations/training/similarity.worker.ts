import { setPriority } from 'node:os';
import { deserialize, serialize } from 'node:v8';
import { packServed, unpackServed } from '../model/served-artifact.ts';
import {
  type EarlierBlock,
  type EarlierVersion,
  MEMORY_FORM,
  type Series,
  type TrainingMemory,
} from './earlier-version.ts';
import type { MatrixParts } from './matrix-parts.ts';
import { prepareTraining, type TrainingInteractions } from './prepare-training.ts';
import { findShard, mergeShards } from './similarity-kernels.ts';
import type { SimilarityParams } from './similarity-params.ts';
import { type PlacedContent, TextPlacer } from './text-placement.ts';
import type { TextTerms } from './text-terms.ts';
import type { ShardLists, TrainingInput, TrainingOutline } from './training-input.ts';

/**
 * What the threads run. Everything that this file imports is plain TypeScript that Node runs as it is, so that a thread
 * needs no loader. Inputs and results that outlive a job travel as bytes, which are made and read here, off the event
 * loop.
 */

/** Yields the processor to whoever answers requests: on Linux this is the priority of the thread, not of the process. */
const LOW_PRIORITY = 10;
if (process.platform === 'linux') setPriority(LOW_PRIORITY);

/** What a plan hands on, each as bytes. */
export interface PreparedBytes {
  readonly input: Uint8Array;
  readonly outline: Uint8Array;
  readonly textVectors: Uint8Array;
  readonly textTerms: Uint8Array;
  /** For each shard; null when everything is compared with everything. */
  readonly earlier: readonly Uint8Array[] | null;
}

export interface PrepareTask {
  readonly interactions: Omit<TrainingInteractions, 'userIds'>;
  /** The ids of people one after another, all of one length: a list of them would take long to send. */
  readonly userIds: string;
  readonly textLines: Uint8Array;
  readonly occupationLines: Uint8Array;
  readonly series: Series;
  readonly shardCount: number | null;
  /** Artifacts of a version that may be gone on from. */
  readonly earlier: EarlierArtifacts | null;
}

export interface EarlierArtifacts {
  readonly served: Uint8Array;
  readonly memory: Uint8Array;
  readonly textTerms: Uint8Array;
}

const ID_LENGTH = 36;

export function prepare(task: PrepareTask): { bytes: PreparedBytes; bounds: readonly number[]; series: Series } {
  const { textLines, occupationLines, userIds, series, shardCount } = task;
  const interactions = { ...task.interactions, userIds: userIds.match(new RegExp(`.{${ID_LENGTH}}`, 'g')) ?? [] };
  const earlier = task.earlier && readEarlier(task.earlier);
  const prepared = prepareTraining({ interactions, textLines, occupationLines }, { series, shardCount, earlier });
  const bytes = {
    input: serialize(prepared.input),
    outline: serialize(prepared.outline),
    textVectors: serialize(prepared.textVectors),
    textTerms: serialize(prepared.textTerms),
    earlier: prepared.earlier?.map((block) => serialize(block)) ?? null,
  };
  return { bytes, bounds: prepared.bounds, series: prepared.outline.series };
}

/** Null for artifacts of another form. */
function readEarlier(artifacts: EarlierArtifacts): EarlierVersion | null {
  const memory = read<TrainingMemory>(artifacts.memory);
  const served = unpackServed(artifacts.served, '');
  if (memory.form !== MEMORY_FORM || !served) return null;
  const { contentIds, neighbours, textNeighbours } = served;
  const { series, past, digests } = memory;
  const lists = { full: neighbours, past, texts: textNeighbours };
  return { series, contentIds, terms: read<TextTerms>(artifacts.textTerms), lists, digests };
}

export interface ShardTask {
  readonly input: Uint8Array;
  readonly textVectors: Uint8Array;
  readonly earlier: Uint8Array | null;
  readonly from: number;
  readonly to: number;
  readonly params: SimilarityParams;
}

export function shard({ input, textVectors, earlier, ...task }: ShardTask): Uint8Array {
  const texts = read<MatrixParts>(textVectors);
  const block = earlier && read<EarlierBlock>(earlier);
  return serialize(findShard({ ...read<TrainingInput>(input), texts }, { ...task, earlier: block }));
}

export function merge(task: { outline: Uint8Array; shards: readonly Uint8Array[] }) {
  const outline = read<TrainingOutline>(task.outline);
  const merged = mergeShards(
    outline,
    task.shards.map((bytes) => read<ShardLists>(bytes)),
  );
  const { contentIds, popularity, occupations, series, digests } = outline;
  const { neighbours, textNeighbours, past, metrics, recomputedCount } = merged;
  const memory: TrainingMemory = { form: MEMORY_FORM, series, past, digests };
  return {
    contentIds,
    neighbourCount: neighbours.neighbours.length,
    metrics,
    recomputedCount,
    series,
    served: packServed({ contentIds, neighbours, textNeighbours, popularity, occupations }),
    memory: serialize(memory),
  };
}

let learnt: { readonly versionId: string; readonly placer: TextPlacer } | undefined;

/** Makes a version known to this thread, in place of the one before it. */
export function learn(version: { versionId: string; textTerms: Uint8Array; textVectors: Uint8Array }): void {
  const { versionId, textTerms, textVectors } = version;
  learnt = { versionId, placer: new TextPlacer(read<TextTerms>(textTerms), read<MatrixParts>(textVectors)) };
}

/** Those of some contents that a version does not know; null when this thread does not know the version. */
export function unknown({ versionId, ids }: { versionId: string; ids: readonly string[] }): string[] | null {
  return learnt?.versionId === versionId ? learnt.placer.unknownOf(ids) : null;
}

/** Places contents that a version does not know; null when this thread does not know the version. */
export function place(task: { versionId: string; textLines: Uint8Array }): PlacedContent[] | null {
  return learnt?.versionId === task.versionId ? learnt.placer.place(task.textLines) : null;
}

function read<Value>(bytes: Uint8Array): Value {
  return deserialize(bytes) as Value;
}
