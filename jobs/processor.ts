import { UnrecoverableError } from 'bullmq';
import type { JobName } from '../src/outbox/index.ts';
import type { Logger } from '../src/platform/logger.ts';
import type { Services } from '../src/services.ts';
import { DomainError } from '../src/shared/domain-error.ts';
import { handlers } from './handlers.ts';
import type { JobContext, JobHandler } from './job-handler.ts';
import { jobOptions, type Processor } from './queues.ts';

/**
 * Runs a job's handler and then settles its message. A failure that the domain names is final, since the same input
 * fails again; every other one is tried again with back-off, and given up after the last attempt.
 */
export function createProcessor(services: Services, logger: Logger): Processor {
  return async (job) => {
    const { messageId, payload } = job.data;
    const context: JobContext = {
      services,
      logger: logger.child({ job: job.name, jobId: job.id }),
      reportProgress: async (fraction) => {
        if (messageId) await services.outbox.reportProgress(messageId, fraction);
      },
    };
    try {
      await handlerOf(job.name)(payload as never, context);
      if (messageId) await services.outbox.settle(messageId);
    } catch (error) {
      const final = error instanceof DomainError;
      const message = error instanceof Error ? error.message : String(error);
      const code = final ? error.code : 'INTERNAL';
      context.logger.warn({ err: error, final, attempt: job.attemptsMade + 1 }, 'job failed');
      const givenUp = final || job.attemptsMade + 1 >= (jobOptions.attempts ?? 1);
      if (givenUp && messageId) await services.outbox.settle(messageId, { code, message });
      throw final ? new UnrecoverableError(message) : error;
    }
  };
}

function handlerOf(name: string): JobHandler<JobName> {
  const handler = (handlers as Readonly<Record<string, JobHandler<JobName> | undefined>>)[name];
  // Tried again like any failure: in a rolling upgrade a newer worker, which knows the job, may take it next.
  if (!handler) throw new Error(`There is no job named ${name}`);
  return handler;
}
