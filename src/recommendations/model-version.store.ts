import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { type NeighbourLists, neighboursOf } from '../math/similarity/index.ts';
import { bulkInsert } from '../platform/bulk-insert.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { ContentNeighboursSchema } from './content-neighbours.entity.ts';
import type { ContentPopularitySchema } from './content-popularity.entity.ts';
import type { ModelPointerSchema } from './model-pointer.entity.ts';
import { ModelVersion, type ModelVersionSchema } from './model-version.entity.ts';
import type { SplitMetrics } from './training/split-metrics.ts';

export type ModelTables = InferKyselyDB<
  | typeof ContentNeighboursSchema
  | typeof ContentPopularitySchema
  | typeof ModelPointerSchema
  | typeof ModelVersionSchema
>;

export const SIMILARITY_MODEL = 'item-similarity';

/** Versions that stay: the one that serves, and those before it that pages of a feed still point to. */
const KEPT_VERSIONS = 3;
/** Rows of a hundred neighbours each in one statement: less than 1 MB. */
const CHUNK = 200;
/** Less than this says nothing, and the columns hold single precision. */
const LEAST_SIMILARITY = 1e-6;

export interface NewVersion {
  readonly id: string;
  readonly params: Readonly<Record<string, number>>;
  readonly stats: Readonly<Record<string, number>>;
  readonly metrics: SplitMetrics;
  readonly trainedAt: Date;
  readonly publishedAt: Date;
  /** The id of each content, by its number in `trained`. */
  readonly contentIds: readonly string[];
  readonly trained: {
    /** One list for each content, in the order of their numbers. */
    readonly neighbours: NeighbourLists;
    readonly popularity: Float64Array;
  };
}

/** Saves a version, switches to it and drops the oldest, all in the caller's transaction. @returns its number */
export async function publishVersion(em: EntityManager, version: NewVersion): Promise<number> {
  const { id, stats, params, metrics, trainedAt } = version;
  const number = (await latestVersion(em))?.number ?? 0;
  em.create(
    ModelVersion,
    { id, model: SIMILARITY_MODEL, number: number + 1, params: { ...params }, stats: { ...stats }, metrics, trainedAt },
    { persist: true },
  );
  await em.flush();
  for (let from = 0; from < version.contentIds.length; from += CHUNK) {
    await bulkInsert(em, 'content_neighbours', neighbourRows(version, from));
  }
  await bulkInsert(em, 'content_popularity', popularityRows(version));
  await switchPointer(em, { id, at: version.publishedAt });
  await dropVersionsUpTo(em, number + 1 - KEPT_VERSIONS);
  return number + 1;
}

/** The newest version of the similarity model. */
export function latestVersion(em: EntityManager): Promise<{ number: number; trainedAt: Date } | undefined> {
  return rowsOf<ModelTables>(em)
    .selectFrom('model_versions')
    .select(['number', 'trained_at as trainedAt'])
    .where('model', '=', SIMILARITY_MODEL)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** The version that serves, with its figures. */
export function findServing(
  em: EntityManager,
): Promise<{ id: string; number: number; metrics: SplitMetrics | null } | undefined> {
  return rowsOf<ModelTables>(em)
    .selectFrom('model_pointers')
    .innerJoin('model_versions', 'model_versions.id', 'model_pointers.version_id')
    .select(['model_versions.id', 'model_versions.number', 'model_versions.metrics'])
    .where('model_pointers.model', '=', SIMILARITY_MODEL)
    .executeTakeFirst();
}

function neighbourRows({ id, contentIds, trained }: NewVersion, from: number): Record<string, unknown>[] {
  return contentIds.slice(from, from + CHUNK).flatMap((contentId, position) => {
    const { indices, similarities } = neighboursOf(trained.neighbours, from + position);
    const scores = Array.from(similarities).filter((similarity) => similarity >= LEAST_SIMILARITY);
    if (scores.length === 0) return [];
    const neighbourIds = Array.from(indices.subarray(0, scores.length), (index) => contentIds[index]);
    return [{ version_id: id, content_id: contentId, neighbour_ids: neighbourIds, scores }];
  });
}

function popularityRows({ id, contentIds, trained }: NewVersion): Record<string, unknown>[] {
  return contentIds.flatMap((contentId, number) => {
    const score = trained.popularity[number] ?? 0;
    return score > 0 ? [{ version_id: id, content_id: contentId, score }] : [];
  });
}

/** Lets nobody else move the pointer until the transaction ends. */
export async function lockPointer(em: EntityManager): Promise<void> {
  await rowsOf<ModelTables>(em)
    .selectFrom('model_pointers')
    .select('version_id')
    .where('model', '=', SIMILARITY_MODEL)
    .forUpdate()
    .execute();
}

/** Makes a version serve. */
export async function switchPointer(em: EntityManager, { id, at }: { id: string; at: Date }): Promise<void> {
  const target = { version_id: id, switched_at: at };
  await rowsOf<ModelTables>(em)
    .insertInto('model_pointers')
    .values({ model: SIMILARITY_MODEL, ...target })
    .onConflict((conflict) => conflict.column('model').doUpdateSet(target))
    .execute();
}

async function dropVersionsUpTo(em: EntityManager, number: number): Promise<void> {
  const rows = rowsOf<ModelTables>(em);
  const dropped = rows
    .selectFrom('model_versions')
    .select('id')
    .where('model', '=', SIMILARITY_MODEL)
    .where('number', '<=', number)
    .where('id', 'not in', rows.selectFrom('model_pointers').select('version_id'));
  await rows.deleteFrom('content_neighbours').where('version_id', 'in', dropped).execute();
  await rows.deleteFrom('content_popularity').where('version_id', 'in', dropped).execute();
  await rows.deleteFrom('model_versions').where('id', 'in', dropped).execute();
}
