import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { type EntityManager, rowsOf } from '../../platform/database.ts';
import type { TrainingPartSchema } from './training-part.entity.ts';

type Tables = InferKyselyDB<typeof TrainingPartSchema>;

/** A statement of bound bytes far below the 1 GB that a value may have, and short enough to be sent in one go. */
const PART_BYTES = 8 * 1024 ** 2;

interface Place {
  readonly runId: string;
  /** `input`, or that of a shard. */
  readonly name: string;
}

/** Saves bytes in pieces. What was saved under that name before is replaced: it is the same. */
export async function saveParts(em: EntityManager, { runId, name }: Place, bytes: Uint8Array): Promise<void> {
  await rowsOf<Tables>(em).deleteFrom('training_parts').where('run_id', '=', runId).where('name', '=', name).execute();
  for (let position = 0; position * PART_BYTES < bytes.length; position++) {
    const piece = Buffer.from(bytes.subarray(position * PART_BYTES, (position + 1) * PART_BYTES));
    await rowsOf<Tables>(em)
      .insertInto('training_parts')
      .values({ run_id: runId, name, position, bytes: piece })
      .execute();
  }
}

/** All of what was saved under that name; null when there is nothing, since the run is over. */
export async function loadParts(em: EntityManager, { runId, name }: Place): Promise<Uint8Array | null> {
  const rows = await rowsOf<Tables>(em)
    .selectFrom('training_parts')
    .select('bytes')
    .where('run_id', '=', runId)
    .where('name', '=', name)
    .orderBy('position')
    .execute();
  return rows.length === 0 ? null : Buffer.concat(rows.map((row) => row.bytes as unknown as Uint8Array));
}

export async function dropParts(em: EntityManager, runId: string): Promise<void> {
  await rowsOf<Tables>(em).deleteFrom('training_parts').where('run_id', '=', runId).execute();
}
