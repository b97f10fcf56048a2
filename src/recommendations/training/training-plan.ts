import { INTERACTION_KINDS, type InteractionColumns, readInteractionColumns } from '../../interactions/index.ts';
import type { EntityManager } from '../../platform/database.ts';
import { SIMILARITY_MODEL } from '../model-version.store.ts';
import { DEFAULT_SIMILARITY_PARAMS } from './similarity-params.ts';
import { saveParts } from './training-part.store.ts';
import { type TrainingCounts, TrainingRun } from './training-run.entity.ts';
import { INPUT } from './training-run.store.ts';
import { TrainingShard } from './training-shard.entity.ts';
import type { TrainingContext } from './training-threads.ts';

export interface PlannedRun {
  readonly id: string;
  readonly counts: TrainingCounts;
  readonly plannedAt: Date;
  readonly asOf: Date;
  readonly bounds: readonly number[];
  /** What all shards read. */
  readonly bytes: Uint8Array;
}

/** Reads all interactions as they are now and works out what each shard needs. Writes nothing. */
export async function planRun(
  { platform: { database, clock }, threads }: TrainingContext,
  { id, shardCount }: { id: string; shardCount: number | null },
): Promise<PlannedRun> {
  const plannedAt = clock.now();
  const columns = await readInteractionColumns(database);
  const { contentIds } = columns;
  const counts = { interactions: columns.length, users: columns.userCount, contents: contentIds.length };
  const asOf = new Date(Math.min(newest(columns.occurredAtMs), plannedAt.getTime()));
  const { users, contents, kinds, values, occurredAtMs } = columns;
  const transferred = [users, contents, kinds, values, occurredAtMs].map((column) => column.buffer as ArrayBuffer);
  const task = { interactions: toInteractions(columns), contentIds, asOfMs: asOf.getTime(), shardCount };
  return { id, counts, plannedAt, asOf, ...(await threads.run('prepare', task, transferred)) };
}

/** Saves the run with its shards and their input, in the caller's transaction. */
export async function saveRun(em: EntityManager, run: PlannedRun): Promise<void> {
  const { id, counts, plannedAt, asOf, bounds, bytes } = run;
  em.create(
    TrainingRun,
    {
      id,
      model: SIMILARITY_MODEL,
      state: 'TRAINING',
      params: DEFAULT_SIMILARITY_PARAMS,
      counts,
      asOf,
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
  await saveParts(em, { runId: id, name: INPUT }, bytes);
}

function toInteractions(columns: InteractionColumns) {
  const { userCount, contentIds, users, contents, kinds, values, occurredAtMs } = columns;
  const kindNames = INTERACTION_KINDS;
  return { userCount, contentCount: contentIds.length, users, contents, kinds, kindNames, values, occurredAtMs };
}

function newest(occurredAtMs: Float64Array): number {
  return occurredAtMs.reduce((latest, at) => Math.max(latest, at), 0);
}
