import type { Config } from '../src/platform/config.ts';
import type { Logger } from '../src/platform/logger.ts';
import { postgresQueues } from './postgres.queues.ts';
import type { QueueBackend } from './queues.ts';
import { redisQueues } from './redis.queues.ts';

export interface QueueStoreOptions extends Pick<Config, 'redisUrl' | 'redisPrefix' | 'workerLockMs'> {
  readonly databaseUrl: string;
  readonly logger: Logger;
}

/** The queues on whichever store the configuration gives: Redis when there is one, else PostgreSQL. */
export function createQueueBackend(options: QueueStoreOptions): QueueBackend {
  const { redisUrl, redisPrefix: prefix, databaseUrl, logger, workerLockMs } = options;
  const timings = { lockDuration: workerLockMs, stalledInterval: workerLockMs / 2 };
  if (redisUrl === undefined) return postgresQueues(databaseUrl, { logger, timings });
  return redisQueues(redisUrl, { prefix, logger, timings });
}
