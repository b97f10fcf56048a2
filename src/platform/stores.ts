import { Redis } from 'ioredis';
import type { Cache } from './cache.ts';
import type { Config } from './config.ts';
import type { Database } from './database.ts';
import type { Logger } from './logger.ts';
import { PostgresCache } from './postgres.cache.ts';
import { RateLimiter } from './rate-limiter.ts';
import { RedisCache } from './redis.cache.ts';

/** What may be lost: on Redis when the configuration gives one, else in PostgreSQL. */
export interface Stores {
  readonly cache: Cache;
  readonly rateLimiter: RateLimiter;
  close(): Promise<void>;
}

const COMMAND_TIMEOUT_MS = 500;

export function openStores(options: {
  config: Pick<Config, 'redisUrl' | 'redisPrefix'>;
  database: Database;
  logger: Logger;
}): Stores {
  const { config, database, logger } = options;
  if (config.redisUrl !== undefined) return redisStores(config.redisUrl, { prefix: config.redisPrefix, logger });
  const { pool } = database;
  return { cache: new PostgresCache(pool), rateLimiter: RateLimiter.onPostgres(pool), close: async () => undefined };
}

function redisStores(url: string, { prefix, logger }: { prefix: string; logger: Logger }): Stores {
  // A request never waits for a Redis that is away: commands fail at once, and the stores know what to do then.
  const redis = new Redis(url, {
    keyPrefix: `${prefix}:`,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MS,
  });
  redis.on('error', (error: Error) => logger.warn({ err: error }, 'Redis connection error'));
  const close = async () => redis.disconnect();
  return { cache: new RedisCache(redis, logger), rateLimiter: RateLimiter.onRedis(redis), close };
}
