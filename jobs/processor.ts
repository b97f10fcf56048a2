import { UnrecoverableError } from 'bullmq';
import type { JobFailure, JobName } from '../src/outbox/index.ts';
import type { Logger } from '../src/platform/logger.ts';
import type { Services } from '../src/services.ts';
import { DomainError } from '../src/shared/domain-error.ts';
import { handlers } from './handlers.ts';
import type { JobHandler } from './job-handler.ts';
import type { Processor, RunningJob } from './queues.ts';
import { createTicker } from './ticker.ts';

/** Does whatever comes out of a queue: a message of the outbox by its handler, or a tick of the schedule. */
export function createProcessor(services: Services, logger: Logger): Processor {
  const tick = createTicker(services, logger);
  return (job) => {
    const { messageId } = job.data;
    return messageId === undefined ? tick(job) : runMessage(job, { messageId, services, logger });
  };
}

/**
 * Runs a job's handler and then settles its message. A failure that the domain names is final, since the same input
 * fails again; every other one is tried again with back-off, and given up after the last attempt.
 */
async function runMessage(
  job: RunningJob,
  { messageId, services, logger }: { messageId: string; services: Services; logger: Logger },
): Promise<void> {
  const context = {
    services,
    logger: logger.child({ job: job.name, jobId: messageId }),
    reportProgress: (fraction: number) => services.outbox.reportProgress(messageId, fraction),
  };
  const startedMs = performance.now();
  try {
    await services.outbox.begin(messageId);
    await handlerOf(job.name)(job.data.payload as never, context);
  } catch (error) {
    const isFinal = error instanceof DomainError;
    const attempt = job.attemptsMade + 1;
    context.logger.warn({ err: error, isFinal, attempt }, 'job failed');
    if (isFinal || attempt >= (job.opts.attempts ?? 1)) await services.outbox.settle(messageId, failureOf(error));
    throw isFinal ? new UnrecoverableError(error.message) : error;
  }
  await services.outbox.settle(messageId);
  context.logger.info({ durationMs: Math.round(performance.now() - startedMs) }, 'job done');
}

function failureOf(error: unknown): JobFailure {
  if (error instanceof DomainError) return { code: error.code, message: error.message };
  return { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) };
}

function handlerOf(name: string): JobHandler<JobName> {
  const handler = (handlers as Readonly<Record<string, JobHandler<JobName> | undefined>>)[name];
  // Tried again like any failure: in a rolling upgrade a newer worker, which knows the job, may take it next.
  if (!handler) throw new Error(`There is no job named ${name}`);
  return handler;
}
