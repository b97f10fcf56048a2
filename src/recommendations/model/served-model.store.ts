import type { Database } from '../../platform/database.ts';
import { type ModelTables, SIMILARITY_MODEL } from '../model-version.store.ts';
import type { ServedModel } from '../served-model.ts';
import { loadArtifact } from './model-artifact.store.ts';
import { unpackServed } from './served-artifact.ts';

/** The version that serves; null as long as none was published. */
export async function servingVersionId(database: Database): Promise<string | null> {
  const pointer = await database
    .read<ModelTables>()
    .selectFrom('model_pointers')
    .select('version_id as versionId')
    .where('model', '=', SIMILARITY_MODEL)
    .executeTakeFirst();
  return pointer?.versionId ?? null;
}

/** All of a version; null when it is gone, or was published by a program that kept no artifact of this form. */
export async function loadServedModel(database: Database, versionId: string): Promise<ServedModel | null> {
  const bytes = await loadArtifact(database, { versionId, name: 'served' });
  return bytes && unpackServed(bytes, versionId);
}
