import { setTimeout as sleep } from 'node:timers/promises';
import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { ServiceUnavailableError } from '../src/platform/service-unavailable.ts';
import {
  ConnectionReport,
  type JobData,
  type QueueBackend,
  type QueueBackendOptions,
  ready,
  workerTimings,
} from './queues.ts';

const FIRST_ANSWER_WITHIN_MS = 10_000;

export interface RedisQueueOptions extends QueueBackendOptions {
  /** Separates several products on one Redis. */
  readonly prefix: string;
}

/** BullMQ on Redis. Producers of the process share one connection, workers another. */
export function redisQueues(url: string, options: RedisQueueOptions): QueueBackend {
  const { logger, prefix, timings = workerTimings } = options;
  const report = new ConnectionReport(logger);
  const connect = (settings: { maxRetriesPerRequest: number | null }) => {
    const redis = new Redis(url, { lazyConnect: true, ...settings });
    redis.on('error', report.tell);
    return redis;
  };
  // A producer fails fast: the outbox keeps the message and the relay tries again. A worker waits for Redis.
  const producers = connect({ maxRetriesPerRequest: 1 });
  const consumers = connect({ maxRetriesPerRequest: null });
  return {
    kind: 'redis',
    async prepare() {
      if (await answers(producers, FIRST_ANSWER_WITHIN_MS)) return;
      throw new ServiceUnavailableError(
        `Redis does not answer at ${new URL(url).host}: start it, or correct or remove REDIS_URL.`,
      );
    },
    async openQueue(name) {
      return ready(new Queue<JobData>(name, { connection: producers, prefix }), report);
    },
    async openWorker(name, processor, { concurrency }) {
      const settings = { connection: consumers, prefix, concurrency, ...timings, maxStalledCount: 100 };
      return ready(new Worker<JobData>(name, processor, settings), report);
    },
    isReachable: () => answers(producers, 1_000),
    async close() {
      report.close();
      producers.disconnect();
      consumers.disconnect();
    },
  };
}

async function answers(redis: Redis, withinMs: number): Promise<boolean> {
  const pong = redis.ping().then(
    () => true,
    () => false,
  );
  return Promise.race([pong, sleep(withinMs, false, { ref: false })]);
}
