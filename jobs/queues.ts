import type { JobsOptions, Queue, Worker } from 'bullmq';
import type { JobName } from '../src/outbox/index.ts';
import type { Logger } from '../src/platform/logger.ts';

/** One queue for each kind of load, so that a long training run never delays a payment. */
export const QUEUE_NAMES = ['money', 'books', 'campaigns', 'recommendations', 'schedule'] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

const queueOfJob: Readonly<Record<JobName, QueueName>> = {
  'charge-payment': 'money',
  'send-refund': 'money',
  'settle-sale': 'money',
  'settle-refund': 'money',
  'settle-chargeback': 'money',
  'reallocate-contract': 'books',
  'seal-ledger': 'money',
  'verify-ledger': 'books',
  'expire-order': 'money',
  'advance-contract': 'money',
  'expire-hold': 'money',
  'reconcile-file': 'books',
  'close-period': 'books',
  'attribute-campaign': 'campaigns',
  'refresh-campaign-metrics': 'campaigns',
  'learn-removal-effects': 'campaigns',
  'recompute-similarity': 'recommendations',
  'train-shard': 'recommendations',
  'publish-model': 'recommendations',
  'train-ranker': 'recommendations',
  'prune-feeds': 'schedule',
  'index-contents': 'campaigns',
  'prune-outbox': 'schedule',
};

export function queueOf(job: JobName): QueueName {
  return queueOfJob[job];
}

/** Retries with exponential back-off: 1 s, 2 s, 4 s, ... about two minutes in all. */
export const jobOptions: JobsOptions = {
  attempts: 8,
  backoff: { type: 'exponential', delay: 1_000, jitter: 0.2 },
  removeOnComplete: true,
  removeOnFail: { age: 14 * 24 * 3_600, count: 10_000 },
};

/** What travels through the queue. A tick of the schedule has no message behind it. */
export interface JobData {
  readonly messageId?: string;
  readonly payload: Record<string, unknown>;
}

/** A job as a processor sees it. */
export interface RunningJob {
  readonly name: string;
  readonly data: JobData;
  readonly id?: string | undefined;
  /** Number of times that it was tried before and failed. */
  readonly attemptsMade: number;
  readonly opts: {
    /** How often it may be tried. */
    readonly attempts?: number;
    /** For a tick of the schedule, the instant that it was due at, in milliseconds since 1970. */
    readonly prevMillis?: number;
  };
}

export type Processor = (job: RunningJob) => Promise<void>;

/** How soon the death of a worker is noticed. */
export interface WorkerTimings {
  /** How long a job stays a worker's own without a sign of life from it. */
  readonly lockDuration: number;
  /** How often each worker looks for jobs that lost theirs. */
  readonly stalledInterval: number;
}

export const workerTimings: WorkerTimings = { lockDuration: 30_000, stalledInterval: 15_000 };

/** The queues on one of the two stores. Everything opened must be closed before the backend is. */
export interface QueueBackend {
  readonly kind: 'redis' | 'postgres';
  /** Makes what the queues need in the store. @throws Error when the store cannot be reached */
  prepare(): Promise<void>;
  openQueue(name: QueueName): Promise<Queue<JobData>>;
  openWorker(name: QueueName, processor: Processor, options: { concurrency: number }): Promise<Worker<JobData>>;
  isReachable(): Promise<boolean>;
  close(): Promise<void>;
}

export interface QueueBackendOptions {
  readonly logger: Logger;
  readonly timings?: WorkerTimings;
}

/** Opens every queue. */
export async function openQueues(backend: QueueBackend): Promise<Map<QueueName, Queue<JobData>>> {
  const opened = QUEUE_NAMES.map(async (name) => [name, await backend.openQueue(name)] as const);
  return new Map(await Promise.all(opened));
}

export async function closeQueues(queues: ReadonlyMap<QueueName, Queue<JobData>>): Promise<void> {
  await Promise.all([...queues.values()].map((queue) => queue.close()));
}

/** Tells the troubles of connections to the log, each once, and none while they are closed on purpose. */
export class ConnectionReport {
  readonly #logger: Logger;
  readonly #told = new WeakSet<Error>();
  #isClosing = false;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  readonly tell = (error: Error): void => {
    if (this.#isClosing || this.#told.has(error)) return;
    this.#told.add(error);
    this.#logger.warn({ err: error }, 'queue connection error');
  };

  close(): void {
    this.#isClosing = true;
  }
}

/** Waits until a queue or worker is connected; from then on its troubles go to the report and it heals by itself. */
export async function ready<T extends Queue<JobData> | Worker<JobData>>(
  opened: T,
  report: ConnectionReport,
): Promise<T> {
  (opened as NodeJS.EventEmitter).on('error', report.tell);
  await opened.waitUntilReady();
  return opened;
}
