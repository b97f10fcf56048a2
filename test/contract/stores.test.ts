import type { Pool } from 'pg';
import { afterAll, describe } from 'vitest';
import { createLogger } from '../../src/platform/logger.ts';
import { PostgresCache } from '../../src/platform/postgres.cache.ts';
import { RateLimiter } from '../../src/platform/rate-limiter.ts';
import { RedisCache } from '../../src/platform/redis.cache.ts';
import { hasRedis, openTestRedis } from '../support/redis.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';
import { describeCache } from './cache.contract.ts';
import { describeRateLimiter } from './rate-limiter.contract.ts';

const logger = createLogger({ logLevel: 'silent' });

let opened: Promise<TestDatabase> | undefined;
afterAll(async () => (await opened)?.[Symbol.asyncDispose]());

/** One database for the file; each test finds its tables empty. */
async function emptyStores(): Promise<Pool> {
  opened ??= createTestDatabase();
  const { pool } = (await opened).database;
  await pool.query('truncate volatile.cache_entries, volatile.rate_limits');
  return pool;
}

const nothing = { [Symbol.asyncDispose]: async () => undefined };

describeCache('PostgreSQL', async () => ({ cache: new PostgresCache(await emptyStores()), ...nothing }));

describeRateLimiter('PostgreSQL', async () => {
  const pool = await emptyStores();
  return { rateLimiter: RateLimiter.onPostgres(pool), neighbour: RateLimiter.onPostgres(pool), ...nothing };
});

describe.skipIf(!hasRedis())('with Redis', () => {
  describeCache('Redis', async () => {
    const redis = openTestRedis();
    return { cache: new RedisCache(redis, logger), [Symbol.asyncDispose]: async () => redis.disconnect() };
  });

  describeRateLimiter('Redis', async () => {
    const redis = openTestRedis();
    return {
      rateLimiter: RateLimiter.onRedis(redis),
      neighbour: RateLimiter.onRedis(redis),
      [Symbol.asyncDispose]: async () => redis.disconnect(),
    };
  });
});
