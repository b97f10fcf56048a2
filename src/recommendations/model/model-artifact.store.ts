import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { type Database, type EntityManager, rowsOf } from '../../platform/database.ts';
import { invariant } from '../../shared/invariant.ts';
import { joinCopiedBlobs } from './copied-blobs.ts';
import { copyBytes } from './copy-bytes.ts';
import type { ModelArtifactSchema } from './model-artifact.entity.ts';

type ArtifactTables = InferKyselyDB<typeof ModelArtifactSchema>;

/**
 * What feeds are made with; to place a new text among those that a version knows, theirs and the terms; what the next
 * training goes on from; and a version of the ranker.
 */
export type ArtifactName = 'served' | 'textVectors' | 'textTerms' | 'memory' | 'ranker';

interface Place {
  readonly versionId: string;
  readonly name: ArtifactName;
}

/** A statement of bound bytes far below the 1 GB that a value may have, and short enough to be sent in one go. */
const PIECE_BYTES = 8 * 1024 ** 2;

/** Saves what belongs to a new version, in the caller's transaction. */
export async function saveArtifact(em: EntityManager, { versionId, name }: Place, bytes: Uint8Array): Promise<void> {
  for (let position = 0; position * PIECE_BYTES < bytes.length; position++) {
    const piece = Buffer.from(bytes.subarray(position * PIECE_BYTES, (position + 1) * PIECE_BYTES));
    await rowsOf<ArtifactTables>(em)
      .insertInto('model_artifacts')
      .values({ version_id: versionId, name, position, bytes: piece })
      .execute();
  }
}

/** Makes those parts of a training that a version keeps its own, within the database. */
export async function takeOverParts(em: EntityManager, run: { runId: string; versionId: string }): Promise<void> {
  await sql`
    insert into model_artifacts (version_id, name, position, bytes)
    select ${run.versionId}, name, position, bytes from training_parts
    where run_id = ${run.runId} and name in ('textVectors', 'textTerms')
  `.execute(rowsOf(em));
}

/** A part of a version; null for a version that has none, since it was published before there were any, or is gone. */
export async function loadArtifact({ pool }: Database, { versionId, name }: Place): Promise<Uint8Array | null> {
  assertUuid(versionId);
  const pieces = `
    select bytes from model_artifacts where version_id = '${versionId}' and name = '${name}' order by position`;
  const bytes = joinCopiedBlobs(await copyBytes(pool, `copy (${pieces}) to stdout (format binary)`));
  return bytes.length === 0 ? null : bytes;
}

/** COPY takes no bound values: the id stands in the text of the statement. */
function assertUuid(id: string): void {
  invariant(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(id), 'the id of a version is a UUID');
}
