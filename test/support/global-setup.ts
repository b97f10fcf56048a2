import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { TestProject } from 'vitest/node';
import { postgresQueues } from '../../jobs/postgres.queues.ts';
import { entities } from '../../src/entities.ts';
import { Database } from '../../src/platform/database.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { migrations } from '../../src/platform/migrations/index.ts';
import { startScratchPostgres } from '../../src/platform/scratch-postgres.ts';
import { startRedis } from './redis-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the server's template database, migrated and empty. */
    templateUrl: string;
    /** Address of a Redis that is ours to fill; empty where there is none. */
    redisUrl: string;
  }
}

const MEMORY = '/dev/shm';
const MEMORY_NEEDED = 4 * 1024 ** 3;

/** One PostgreSQL and one Redis for the whole run; every test file makes its own database from the template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startScratchPostgres(await scratchFolder());
  await migrateTemplate(postgres.url);
  const redis = await startRedis();
  project.provide('templateUrl', postgres.url);
  project.provide('redisUrl', redis.url);
  return async () => {
    await redis.stop();
    await postgres.stop();
  };
}

/**
 * In memory where there is room. A run makes and drops some two thousand databases of a thousand files each, and some
 * file systems, ext4 without a journal among them, take half a millisecond for a file where many were just deleted.
 */
async function scratchFolder(): Promise<string> {
  const memory = await statfs(MEMORY).catch(() => null);
  return memory && memory.bavail * memory.bsize >= MEMORY_NEEDED ? MEMORY : tmpdir();
}

/** The queue's own tables are part of the template too, so that no test waits for them. */
async function migrateTemplate(url: string): Promise<void> {
  const database = await Database.connect({ url, poolMax: 2, entities, migrations });
  await database.migrate();
  await database.close();
  const logger = createLogger({ logLevel: 'silent' });
  const queues = postgresQueues(url, { logger });
  await queues.prepare();
  await queues.close();
}
