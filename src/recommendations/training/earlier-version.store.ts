import type { Database } from '../../platform/database.ts';
import { loadArtifact } from '../model/index.ts';
import { findServing, SIMILARITY_MODEL } from '../model-version.store.ts';
import type { EarlierArtifacts } from './similarity.worker.ts';

/** Weights fade, texts bring new terms: a series lasts a day, less what a training may come early. */
const LONGEST_SERIES_MS = 23.5 * 3_600_000;

/** The version that serves, for a training to go on from; null without one, or when its series began too long ago. */
export async function loadEarlierVersion(database: Database, at: Date): Promise<EarlierArtifacts | null> {
  const serving = await findServing(database.orm.em.fork(), SIMILARITY_MODEL);
  if (!serving) return null;
  const { id: versionId, stats } = serving;
  const startedAtMs = stats.seriesStartedAtMs;
  if (startedAtMs === undefined || at.getTime() - startedAtMs >= LONGEST_SERIES_MS) return null;
  const served = await loadArtifact(database, { versionId, name: 'served' });
  const memory = await loadArtifact(database, { versionId, name: 'memory' });
  const textTerms = await loadArtifact(database, { versionId, name: 'textTerms' });
  return served && memory && textTerms && { served, memory, textTerms };
}
