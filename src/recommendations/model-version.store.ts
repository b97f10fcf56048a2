import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { ModelPointerSchema } from './model-pointer.entity.ts';
import { type ModelName, ModelVersion, type ModelVersionSchema } from './model-version.entity.ts';
import type { RankerMetrics } from './ranking/ranker-metrics.ts';
import type { SplitMetrics } from './training/split-metrics.ts';

export type ModelTables = InferKyselyDB<typeof ModelPointerSchema | typeof ModelVersionSchema>;

export const SIMILARITY_MODEL = 'item-similarity' satisfies ModelName;
export const RANKER_MODEL = 'feed-ranker' satisfies ModelName;

/** Versions that stay: the one that serves, and those before it that pages of a feed still point to. */
const KEPT_VERSIONS = 3;

/** What any version has. */
export interface NewVersion {
  readonly id: string;
  readonly model: ModelName;
  readonly params: Readonly<Record<string, number>>;
  readonly stats: Readonly<Record<string, number>>;
  readonly metrics?: SplitMetrics;
  readonly rankerMetrics?: RankerMetrics;
  readonly trainedAt: Date;
  readonly publishedAt: Date;
}

/** Saves a version, switches to it and drops the oldest, all in the caller's transaction. @returns its number */
export async function publishVersion(em: EntityManager, version: NewVersion): Promise<number> {
  const { id, model, stats, params, metrics = null, rankerMetrics = null, trainedAt, publishedAt } = version;
  const number = ((await latestVersion(em, model))?.number ?? 0) + 1;
  em.create(
    ModelVersion,
    { id, model, number, params: { ...params }, stats: { ...stats }, metrics, rankerMetrics, trainedAt },
    { persist: true },
  );
  await em.flush();
  await switchPointer(em, { model, id, at: publishedAt });
  await dropVersionsUpTo(em, { model, number: number - KEPT_VERSIONS });
  return number;
}

/** The newest version of a model. */
export function latestVersion(
  em: EntityManager,
  model: ModelName,
): Promise<{ number: number; trainedAt: Date } | undefined> {
  return rowsOf<ModelTables>(em)
    .selectFrom('model_versions')
    .select(['number', 'trained_at as trainedAt'])
    .where('model', '=', model)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
}

export interface ServingVersion {
  readonly id: string;
  readonly number: number;
  readonly metrics: SplitMetrics | null;
  readonly stats: Readonly<Record<string, number>>;
}

/** The version that serves, with its figures. */
export function findServing(em: EntityManager, model: ModelName): Promise<ServingVersion | undefined> {
  return rowsOf<ModelTables>(em)
    .selectFrom('model_pointers')
    .innerJoin('model_versions', 'model_versions.id', 'model_pointers.version_id')
    .select(['model_versions.id', 'model_versions.number', 'model_versions.metrics', 'model_versions.stats'])
    .where('model_pointers.model', '=', model)
    .executeTakeFirst();
}

/** Lets nobody else move the pointer until the transaction ends. */
export async function lockPointer(em: EntityManager, model: ModelName): Promise<void> {
  await rowsOf<ModelTables>(em)
    .selectFrom('model_pointers')
    .select('version_id')
    .where('model', '=', model)
    .forUpdate()
    .execute();
}

/** Makes a version serve. */
export async function switchPointer(
  em: EntityManager,
  { model, id, at }: { model: ModelName; id: string; at: Date },
): Promise<void> {
  const target = { version_id: id, switched_at: at };
  await rowsOf<ModelTables>(em)
    .insertInto('model_pointers')
    .values({ model, ...target })
    .onConflict((conflict) => conflict.column('model').doUpdateSet(target))
    .execute();
}

async function dropVersionsUpTo(
  em: EntityManager,
  { model, number }: { model: ModelName; number: number },
): Promise<void> {
  const rows = rowsOf<ModelTables>(em);
  const dropped = rows
    .selectFrom('model_versions')
    .select('id')
    .where('model', '=', model)
    .where('number', '<=', number)
    .where('id', 'not in', rows.selectFrom('model_pointers').select('version_id'));
  await rows.deleteFrom('model_versions').where('id', 'in', dropped).execute();
}
