import { postgresQueues } from './postgres.queues.ts';
import type { QueueBackend, QueueBackendOptions } from './queues.ts';
import { redisQueues } from './redis.queues.ts';

/** The queues on whichever store the configuration gives: Redis when there is one, else PostgreSQL. */
export function createQueueBackend(
  options: QueueBackendOptions & { redisUrl: string | undefined; databaseUrl: string },
): QueueBackend {
  const { redisUrl, databaseUrl, ...common } = options;
  return redisUrl === undefined ? postgresQueues(databaseUrl, common) : redisQueues(redisUrl, common);
}
