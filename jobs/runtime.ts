import type { Queue, Worker } from 'bullmq';
import type { Platform } from '../src/platform/platform.ts';
import type { Services } from '../src/services.ts';
import { createProcessor } from './processor.ts';
import { type JobData, QUEUE_NAMES, type QueueBackend, type QueueName } from './queues.ts';
import { Relay } from './relay.ts';

export interface JobRuntime {
  readonly queues: ReadonlyMap<QueueName, Queue<JobData>>;
  readonly relay: Relay;
  /** Lets jobs under way finish, then closes everything. */
  stop(): Promise<void>;
}

export interface JobRuntimeOptions {
  readonly platform: Platform;
  readonly services: Services;
  readonly backend: QueueBackend;
  readonly databaseUrl: string;
}

/** Opens the queues, and starts the workers and the relay. */
export async function startJobs(options: JobRuntimeOptions): Promise<JobRuntime> {
  const { platform, services, backend } = options;
  const { logger, config } = platform;
  const queues = await openQueues(backend);
  const processor = createProcessor(services, logger);
  const workers: Worker<JobData>[] = [];
  for (const name of QUEUE_NAMES) {
    workers.push(await backend.openWorker(name, processor, { concurrency: config.workerConcurrency }));
  }
  const relay = new Relay({ ...options, outbox: services.outbox, queues, clock: platform.clock, logger });
  await relay.start();
  const stop = async () => {
    await relay.stop();
    await Promise.all(workers.map((worker) => worker.close()));
    await closeQueues(queues);
  };
  return { queues, relay, stop };
}

/** The queues alone, for a process that only looks at them. */
export async function openQueues(backend: QueueBackend): Promise<Map<QueueName, Queue<JobData>>> {
  const queues = new Map<QueueName, Queue<JobData>>();
  // One after the other: the first one makes the tables that the others need.
  for (const name of QUEUE_NAMES) queues.set(name, await backend.openQueue(name));
  return queues;
}

export async function closeQueues(queues: ReadonlyMap<QueueName, Queue<JobData>>): Promise<void> {
  await Promise.all([...queues.values()].map((queue) => queue.close()));
}
