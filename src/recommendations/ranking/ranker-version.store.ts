import type { Database, EntityManager } from '../../platform/database.ts';
import { loadArtifact, saveArtifact } from '../model/index.ts';
import { findServing, publishVersion, RANKER_MODEL } from '../model-version.store.ts';
import type { RankerMetrics } from './ranker-metrics.ts';
import { type RankerModel, unpackRanker } from './ranker-model.ts';

export interface NewRankerVersion {
  readonly id: string;
  readonly params: Readonly<Record<string, number>>;
  readonly stats: Readonly<Record<string, number>>;
  readonly rankerMetrics: RankerMetrics;
  readonly trainedAt: Date;
  readonly publishedAt: Date;
  readonly bytes: Uint8Array;
}

/** Saves a version of the ranker and switches feeds to it, in the caller's transaction. @returns its number */
export async function publishRanker(em: EntityManager, { bytes, ...version }: NewRankerVersion): Promise<number> {
  const number = await publishVersion(em, { ...version, model: RANKER_MODEL });
  await saveArtifact(em, { versionId: version.id, name: 'ranker' }, bytes);
  return number;
}

/** A version as feeds use it; null when it is gone or of another form. @throws Error when its bytes are broken */
export async function loadRanker(database: Database, versionId: string): Promise<RankerModel | null> {
  const bytes = await loadArtifact(database, { versionId, name: 'ranker' });
  return bytes && unpackRanker(bytes);
}

/** The version that serves, as bytes; null without one. */
export async function loadServingRanker(
  database: Database,
): Promise<{ readonly id: string; readonly bytes: Uint8Array | null } | null> {
  const serving = await findServing(database.orm.em.fork(), RANKER_MODEL);
  if (!serving) return null;
  return { id: serving.id, bytes: await loadArtifact(database, { versionId: serving.id, name: 'ranker' }) };
}
