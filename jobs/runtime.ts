import { setTimeout as sleep } from 'node:timers/promises';
import type { Queue, Worker } from 'bullmq';
import type { Logger } from '../src/platform/logger.ts';
import type { Platform } from '../src/platform/platform.ts';
import type { Services } from '../src/services.ts';
import { present } from '../src/shared/invariant.ts';
import { createProcessor } from './processor.ts';
import { closeQueues, type JobData, openQueues, QUEUE_NAMES, type QueueBackend, type QueueName } from './queues.ts';
import { Relay } from './relay.ts';
import { ScheduleKeeper } from './schedule.ts';

export interface JobRuntime {
  readonly queues: ReadonlyMap<QueueName, Queue<JobData>>;
  readonly relay: Relay;
  /**
   * Takes no more jobs, lets those under way finish, then closes everything but the backend. A job that takes longer
   * than the grace is left, and another worker starts it anew.
   */
  close(): Promise<void>;
}

export interface JobRuntimeOptions {
  readonly platform: Platform;
  readonly services: Services;
  readonly backend: QueueBackend;
  readonly databaseUrl: string;
  /** Whether recurring jobs are started by the clock on the wall. */
  readonly withSchedule: boolean;
}

/** Opens the queues, and starts the workers, the relay and the schedule. */
export async function startJobs(options: JobRuntimeOptions): Promise<JobRuntime> {
  const { platform, services, backend, databaseUrl, withSchedule } = options;
  const { logger, clock } = platform;
  const queues = await openQueues(backend);
  const workers = await openWorkers(options);
  const relay = new Relay({ outbox: services.outbox, queues, databaseUrl, clock, logger });
  await relay.start();
  const schedule = new ScheduleKeeper(present(queues.get('schedule'), 'the queue of the schedule'), logger);
  if (withSchedule) await schedule.start();
  return {
    queues,
    relay,
    async close() {
      const graceMs = platform.config.shutdownGraceMs;
      await schedule.stop();
      await relay.stop();
      await Promise.all(workers.map((worker) => closeWorker(worker, { graceMs, logger })));
      await closeQueues(queues);
    },
  };
}

function openWorkers({ platform, services, backend }: JobRuntimeOptions): Promise<Worker<JobData>[]> {
  const { logger, config } = platform;
  const run = createProcessor(services, logger);
  const concurrency = config.workerConcurrency;
  return Promise.all(QUEUE_NAMES.map((name) => backend.openWorker(name, run, { concurrency })));
}

/** A worker cannot be made to drop a job: when the time is over it is no longer waited for. */
async function closeWorker(worker: Worker<JobData>, { graceMs, logger }: { graceMs: number; logger: Logger }) {
  const patience = new AbortController();
  const timeOver = sleep(graceMs, 'late', { signal: patience.signal }).catch(() => undefined);
  const outcome = await Promise.race([worker.close(), timeOver]);
  patience.abort();
  if (outcome === 'late') logger.warn({ queue: worker.name }, 'a job took too long to wait for; it starts anew later');
}
