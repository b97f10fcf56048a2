import type { EventEmitter } from 'node:events';
import {
  createPostgresBackend,
  type JobsOptions,
  Queue,
  type QueueOptions,
  Worker,
  type WorkerOptions,
  withBackend,
} from 'bullmq';
import { Redis } from 'ioredis';
import type { JobName } from '../src/outbox/index.ts';
import type { Logger } from '../src/platform/logger.ts';

/** One queue for each kind of load, so that a long training run never delays a payment. */
export const QUEUE_NAMES = ['money', 'campaigns', 'recommendations', 'schedule'] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

const queueOfJob: Readonly<Record<JobName, QueueName>> = {
  'charge-payment': 'money',
  'send-refund': 'money',
  'settle-sale': 'money',
  'settle-refund': 'money',
  'seal-ledger': 'money',
  'close-period': 'money',
  'attribute-campaign': 'campaigns',
  'refresh-campaign-metrics': 'campaigns',
  'recompute-similarity': 'recommendations',
};

export function queueOf(job: JobName): QueueName {
  return queueOfJob[job];
}

/** Retries with exponential back-off: 1 s, 2 s, 4 s, ... about four minutes in all. */
export const jobOptions: JobsOptions = {
  attempts: 8,
  backoff: { type: 'exponential', delay: 1_000, jitter: 0.2 },
  removeOnComplete: true,
  removeOnFail: { age: 14 * 24 * 3_600, count: 10_000 },
};

export type Processor = (job: {
  name: string;
  data: JobData;
  id?: string | undefined;
  attemptsMade: number;
}) => Promise<void>;

/** What travels through the queue. A scheduled tick has no message behind it. */
export interface JobData {
  readonly messageId?: string;
  readonly payload: Record<string, unknown>;
}

/** The queues on whichever store the configuration gives: Redis when there is one, else PostgreSQL. */
export interface QueueBackend {
  readonly kind: 'redis' | 'postgres';
  openQueue(name: QueueName): Promise<Queue<JobData>>;
  openWorker(name: QueueName, processor: Processor, options: { concurrency: number }): Promise<Worker<JobData>>;
}

export interface QueueBackendOptions {
  readonly redisUrl: string | undefined;
  readonly databaseUrl: string;
  /** Separates several products on one Redis. */
  readonly prefix?: string;
  readonly logger: Logger;
}

export function createQueueBackend(options: QueueBackendOptions): QueueBackend {
  return options.redisUrl === undefined ? postgresQueues(options) : redisQueues(options.redisUrl, options);
}

function postgresQueues({ databaseUrl, logger }: QueueBackendOptions): QueueBackend {
  const bound = withBackend(createPostgresBackend);
  const connection = { connectionString: databaseUrl, migrate: true, max: 4, application_name: 'tributary-queue' };
  return {
    kind: 'postgres',
    async openQueue(name) {
      const queue = new bound.Queue<JobData>(name, { connection });
      return ready(queue as unknown as Queue<JobData>, logger);
    },
    async openWorker(name, processor, { concurrency }) {
      const worker = new bound.Worker<JobData>(name, processor, { connection, concurrency, ...workerTimings });
      return ready(worker as unknown as Worker<JobData>, logger);
    },
  };
}

function redisQueues(url: string, { prefix = 'tributary', logger }: QueueBackendOptions): QueueBackend {
  return {
    kind: 'redis',
    async openQueue(name) {
      // A producer fails fast: the outbox keeps the message and the relay tries again.
      const connection = new Redis(url, { maxRetriesPerRequest: 1, enableOfflineQueue: true });
      const queue = new Queue<JobData>(name, { connection, prefix } satisfies QueueOptions);
      return ready(closing(queue, connection), logger);
    },
    async openWorker(name, processor, { concurrency }) {
      // A worker waits for Redis to come back.
      const connection = new Redis(url, { maxRetriesPerRequest: null });
      const options: WorkerOptions = { connection, prefix, concurrency, ...workerTimings };
      return ready(closing(new Worker<JobData>(name, processor, options), connection), logger);
    },
  };
}

/** A worker that died is noticed, and its jobs given to others, after about half a minute. */
const workerTimings = { lockDuration: 30_000, stalledInterval: 15_000, maxStalledCount: 100 };

async function ready<T extends Queue<JobData> | Worker<JobData>>(opened: T, logger: Logger): Promise<T> {
  (opened as EventEmitter).on('error', (error: Error) =>
    logger.warn({ err: error, queue: opened.name }, 'queue connection error'),
  );
  await opened.waitUntilReady();
  return opened;
}

/** BullMQ leaves connections that it was handed open: this one is its own and goes with it. */
function closing<T extends Queue<JobData> | Worker<JobData>>(opened: T, connection: Redis): T {
  const close = opened.close.bind(opened);
  opened.close = async (force?: boolean) => {
    await (close as (force?: boolean) => Promise<void>)(force);
    connection.disconnect();
  };
  return opened;
}
