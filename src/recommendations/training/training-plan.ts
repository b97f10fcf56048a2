import { INTERACTION_KINDS, type InteractionColumns, readInteractionColumns } from '../../interactions/index.ts';
import type { EntityManager } from '../../platform/database.ts';
import { copyBytes } from '../model/index.ts';
import { SIMILARITY_MODEL } from '../model-version.store.ts';
import { loadEarlierVersion } from './earlier-version.store.ts';
import type { Series } from './earlier-version.ts';
import type { PreparedBytes } from './similarity.worker.ts';
import { DEFAULT_SIMILARITY_PARAMS } from './similarity-params.ts';
import { saveParts } from './training-part.store.ts';
import { type TrainingCounts, type TrainingKind, TrainingRun } from './training-run.entity.ts';
import { earlierName, PREPARED_PARTS } from './training-run.store.ts';
import { TrainingShard } from './training-shard.entity.ts';
import { COPY_OCCUPATIONS, COPY_TEXTS } from './training-sources.ts';
import type { TrainingContext } from './training-threads.ts';

export interface PlannedRun {
  readonly id: string;
  readonly kind: TrainingKind;
  readonly counts: TrainingCounts;
  readonly plannedAt: Date;
  readonly series: Series;
  readonly bounds: readonly number[];
  /** What the jobs of the run read. */
  readonly bytes: PreparedBytes;
}

export interface PlanRequest {
  readonly id: string;
  /** How many shards to cut; by the work, when null. */
  readonly shardCount: number | null;
  /** Whether to compare everything with everything, also where an earlier version can be gone on from. */
  readonly isFull: boolean;
}

/** Reads all interactions and texts as they are now and works out what each shard needs. Writes nothing. */
export async function planRun(
  { platform: { database, clock }, threads }: TrainingContext,
  { id, shardCount, isFull }: PlanRequest,
): Promise<PlannedRun> {
  const plannedAt = clock.now();
  const columns = await readInteractionColumns(database);
  const textLines = await copyBytes(database.pool, COPY_TEXTS);
  const occupationLines = await copyBytes(database.pool, COPY_OCCUPATIONS);
  const earlier = isFull ? null : await loadEarlierVersion(database, plannedAt);
  const { userIds, contentIds } = columns;
  const counts = { interactions: columns.length, users: userIds.length, contents: contentIds.length };
  const startedAtMs = plannedAt.getTime();
  const asOfMs = Math.min(newest(columns.occurredAtMs), startedAtMs);
  const interactions = toInteractions(columns);
  const { users, contents, kinds, values, occurredAtMs } = interactions;
  const sent = [users, contents, kinds, values, occurredAtMs, textLines, occupationLines];
  const task = {
    interactions,
    userIds: userIds.join(''),
    textLines,
    occupationLines,
    series: { startedAtMs, asOfMs, params: DEFAULT_SIMILARITY_PARAMS },
    shardCount,
    earlier,
  };
  const prepared = await threads.run(
    'prepare',
    task,
    sent.map((column) => column.buffer as ArrayBuffer),
  );
  return { id, kind: prepared.bytes.earlier ? 'INCREMENTAL' : 'FULL', counts, plannedAt, ...prepared };
}

/** Saves the run with its shards and their input, in the caller's transaction. */
export async function saveRun(em: EntityManager, run: PlannedRun): Promise<void> {
  const { id, kind, counts, plannedAt, series, bounds, bytes } = run;
  em.create(
    TrainingRun,
    {
      id,
      kind,
      model: SIMILARITY_MODEL,
      state: 'TRAINING',
      params: series.params,
      counts,
      asOf: new Date(series.asOfMs),
      plannedAt,
      shardCount: bounds.length - 1,
    },
    { persist: true },
  );
  for (let number = 0; number + 1 < bounds.length; number++) {
    const [fromContent = 0, toContent = 0] = bounds.slice(number, number + 2);
    em.create(TrainingShard, { runId: id, number, fromContent, toContent }, { persist: true });
  }
  await em.flush();
  for (const name of PREPARED_PARTS) await saveParts(em, { runId: id, name }, bytes[name]);
  for (const [number, block] of (bytes.earlier ?? []).entries()) {
    await saveParts(em, { runId: id, name: earlierName(number) }, block);
  }
}

function toInteractions(columns: InteractionColumns) {
  const { contentIds, users, contents, kinds, values, occurredAtMs } = columns;
  return { contentIds, users, contents, kinds, kindNames: INTERACTION_KINDS, values, occurredAtMs };
}

function newest(occurredAtMs: Float64Array): number {
  return occurredAtMs.reduce((latest, at) => Math.max(latest, at), 0);
}
