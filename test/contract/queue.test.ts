import { afterAll, describe, inject } from 'vitest';
import { postgresQueues } from '../../jobs/postgres.queues.ts';
import { redisQueues } from '../../jobs/redis.queues.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { hasRedis, uniquePrefix } from '../support/redis.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { describeQueues } from './queue.contract.ts';

const logger = createLogger({ logLevel: 'silent' });
const timings = { lockDuration: 400, stalledInterval: 200 };

let opened: Promise<TestDatabase> | undefined;
afterAll(async () => (await opened)?.[Symbol.asyncDispose]());

describeQueues('PostgreSQL', async () => {
  opened ??= createTestDatabase();
  const { url, database } = await opened;
  await database.pool.query('drop schema if exists bullmq cascade');
  const backend = postgresQueues(url, { logger, timings });
  await backend.prepare();
  return backend;
});

describe.skipIf(!hasRedis())('with Redis', () => {
  describeQueues('Redis', async () => {
    const backend = redisQueues(inject('redisUrl'), { logger, timings, prefix: uniquePrefix() });
    await backend.prepare();
    return backend;
  });
});
