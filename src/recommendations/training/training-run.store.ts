import { LockMode } from '@mikro-orm/core';
import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { type EntityManager, rowsOf } from '../../platform/database.ts';
import { SIMILARITY_MODEL } from '../model-version.store.ts';
import { dropParts } from './training-part.store.ts';
import { TrainingRun, type TrainingRunSchema } from './training-run.entity.ts';
import type { TrainingShardSchema } from './training-shard.entity.ts';

export type TrainingTables = InferKyselyDB<typeof TrainingRunSchema | typeof TrainingShardSchema>;

export interface ShardRow {
  readonly number: number;
  readonly from: number;
  readonly to: number;
  readonly isDone: boolean;
}

/** What a plan hands on to the jobs of its run. */
export const PREPARED_PARTS = ['input', 'outline', 'textVectors', 'textTerms'] as const;
/** The lists of a shard's contents in the version that a training goes on from. */
export const earlierName = (number: number): string => `earlier:${number}`;
/** What a shard found. */
export const shardName = (number: number): string => `shard:${number}`;

/** The run with its row locked, so that of two jobs that want to end it one does. */
export function lockRun(em: EntityManager, id: string): Promise<TrainingRun | null> {
  return em.findOne(TrainingRun, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

export async function findShards(em: EntityManager, runId: string): Promise<ShardRow[]> {
  const rows = await rowsOf<TrainingTables>(em)
    .selectFrom('training_shards')
    .select(['number', 'from_content as from', 'to_content as to', 'done_at as doneAt'])
    .where('run_id', '=', runId)
    .orderBy('number')
    .execute();
  return rows.map(({ doneAt, ...shard }) => ({ ...shard, isDone: doneAt !== null }));
}

/** @returns how many shards of the run are still to be done */
export async function markDone(em: EntityManager, shard: { runId: string; number: number; at: Date }): Promise<number> {
  const rows = rowsOf<TrainingTables>(em);
  await rows
    .updateTable('training_shards')
    .set({ done_at: shard.at })
    .where('run_id', '=', shard.runId)
    .where('number', '=', shard.number)
    .execute();
  const { open } = await rows
    .selectFrom('training_shards')
    .select((builder) => builder.fn.countAll<bigint>().as('open'))
    .where('run_id', '=', shard.runId)
    .where('done_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(open);
}

/** When the interactions of the newest run that came to an end, or still goes on, were read. */
export async function newestPlan(em: EntityManager): Promise<Date | null> {
  const row = await rowsOf<TrainingTables>(em)
    .selectFrom('training_runs')
    .select('planned_at as plannedAt')
    .where('model', '=', SIMILARITY_MODEL)
    .orderBy('planned_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.plannedAt ?? null;
}

/** Ends the runs that read older interactions and have not come to an end: what they find is not wanted any more. */
export async function supersedeEarlier(
  em: EntityManager,
  { plannedAt, at, outcome }: { plannedAt: Date; at: Date; outcome: string },
): Promise<void> {
  const rows = rowsOf<TrainingTables>(em);
  const ended = await rows
    .updateTable('training_runs')
    .set({ state: 'SUPERSEDED', outcome, ended_at: at })
    .where('model', '=', SIMILARITY_MODEL)
    .where('state', '=', 'TRAINING')
    .where('planned_at', '<', plannedAt)
    .returning('id')
    .execute();
  for (const { id } of ended) await dropParts(em, id);
}
