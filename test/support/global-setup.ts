import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { TestProject } from 'vitest/node';
import { postgresQueues } from '../../jobs/postgres.queues.ts';
import { entities } from '../../src/entities.ts';
import { readConfig } from '../../src/platform/config.ts';
import { Database } from '../../src/platform/database.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { migrations } from '../../src/platform/migrations/index.ts';
import { startScratchPostgres } from '../../src/platform/scratch-postgres.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the server's template database, migrated and empty. */
    templateUrl: string;
    /** Address of a Redis that is ours to fill; empty where there is none. */
    redisUrl: string;
  }
}

/** One PostgreSQL and one Redis for the whole run; every test file makes its own database from the template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startScratchPostgres();
  await migrateTemplate(postgres.url);
  const redis = await startRedis();
  project.provide('templateUrl', postgres.url);
  project.provide('redisUrl', redis.url);
  return async () => {
    await redis.stop();
    await postgres.stop();
  };
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

interface RedisServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** `REDIS_URL`, else a private `redis-server` from the PATH, else none. With `CI=true` none is a failure. */
async function startRedis(): Promise<RedisServer> {
  const given = readConfig(process.env).redisUrl;
  if (given !== undefined) return { url: given, stop: async () => undefined };
  const folder = await mkdtemp(join(tmpdir(), 'tributary-redis-'));
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const server = spawn('redis-server', args, { stdio: 'ignore' });
  const failed = new Promise<boolean>((settle) => server.once('error', () => settle(true)));
  const url = `redis://127.0.0.1:${port}`;
  if (await Promise.race([failed, answers(url).then((up) => !up)])) return withoutRedis(folder);
  const stop = async () => {
    server.kill('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  };
  return { url, stop };
}

async function withoutRedis(folder: string): Promise<RedisServer> {
  await rm(folder, { recursive: true, force: true });
  if (process.env.CI === 'true') throw new Error('CI needs Redis: install redis-server, or set REDIS_URL.');
  process.stderr.write(
    '\n*** No Redis: the suites on Redis are SKIPPED. Install redis-server or set REDIS_URL. ***\n\n',
  );
  return { url: '', stop: async () => undefined };
}

async function answers(url: string): Promise<boolean> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  client.on('error', () => undefined);
  try {
    for (let attempt = 0; attempt < 100; attempt++) {
      const up = await client.connect().then(
        () => true,
        () => false,
      );
      if (up) return true;
      await sleep(50);
    }
    return false;
  } finally {
    client.disconnect();
  }
}

function freePort(): Promise<number> {
  return new Promise((settle, fail) => {
    const server = createServer();
    server.on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? settle(address.port) : fail(new Error('No port'))));
    });
  });
}
