import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { type Database, type EntityManager, rowsOf } from '../platform/database.ts';
import { SettlementFileTooLargeError } from './reconciliation.errors.ts';
import type { SettlementFileChunkSchema } from './settlement-file-chunk.entity.ts';

type Tables = InferKyselyDB<typeof SettlementFileChunkSchema>;

const CHUNK_BYTES = 1024 * 1024;

/** A file on this machine's disk, until it is in the database. */
export interface SpooledFile extends AsyncDisposable {
  readonly path: string;
  readonly sha256: string;
  readonly sizeBytes: number;
}

/**
 * Takes a file in at the speed of the one who sends it, without a transaction open all the while.
 * What comes behind the bound is read and let go of, so that whoever sends it can hear why nothing is kept.
 *
 * @throws SettlementFileTooLargeError beyond `maxBytes`
 */
export async function spoolFile(body: Readable, maxBytes: number): Promise<SpooledFile> {
  const path = join(tmpdir(), `settlement-${randomUUID()}`);
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sizeBytes += chunk.length;
      hash.update(chunk);
      if (sizeBytes > maxBytes) done(new SettlementFileTooLargeError(maxBytes));
      else done(null, chunk);
    },
  });
  try {
    const kept = body.iterator({ destroyOnReturn: false });
    await pipeline(kept, counted, createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    body.resume();
    await rm(path, { force: true });
    throw error;
  }
  return { path, sizeBytes, sha256: hash.digest('hex'), [Symbol.asyncDispose]: () => rm(path, { force: true }) };
}

/** Keeps the bytes where every worker reaches them. */
export async function keepChunks(em: EntityManager, runId: string, path: string): Promise<void> {
  let position = 0;
  for await (const bytes of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    await rowsOf<Tables>(em)
      .insertInto('settlement_file_chunks')
      .values({ run_id: runId, position, bytes: bytes as Buffer })
      .execute();
    position += 1;
  }
}

/** The bytes of a file that was kept, chunk by chunk. */
export function readChunks(database: Database, runId: string): Readable {
  return Readable.from(chunksOf(database, runId), { objectMode: false });
}

async function* chunksOf(database: Database, runId: string): AsyncGenerator<Uint8Array> {
  for (let position = 0; ; position++) {
    const chunk = await database
      .read<Tables>()
      .selectFrom('settlement_file_chunks')
      .select('bytes')
      .where('run_id', '=', runId)
      .where('position', '=', position)
      .executeTakeFirst();
    if (!chunk) return;
    yield chunk.bytes;
  }
}
