import { UnrecoverableError } from 'bullmq';
import type { JobName, JobPayloads } from '../src/outbox/index.ts';
import type { Logger } from '../src/platform/logger.ts';
import type { Services } from '../src/services.ts';
import { DomainError } from '../src/shared/domain-error.ts';
import { handlers } from './handlers.ts';
import { jobOptions, type Processor } from './queues.ts';

export interface JobContext {
  readonly services: Services;
  readonly logger: Logger;
  /** @param fraction 0 to 1 */
  reportProgress(fraction: number): Promise<void>;
}

export type JobHandler<Name extends JobName> = (payload: JobPayloads[Name], context: JobContext) => Promise<void>;

export type JobHandlers = { readonly [Name in JobName]: JobHandler<Name> };

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
      context.logger.warn({ err: error, final, attempt: job.attemptsMade + 1 }, 'job failed');
      const givenUp = final || job.attemptsMade + 1 >= (jobOptions.attempts ?? 1);
      if (givenUp && messageId) await services.outbox.settle(messageId, { error: message });
      throw final ? new UnrecoverableError(message) : error;
    }
  };
}

function handlerOf(name: string): JobHandler<JobName> {
  const handler = (handlers as Readonly<Record<string, JobHandler<JobName> | undefined>>)[name];
  if (!handler) throw new UnrecoverableError(`There is no job named ${name}`);
  return handler;
}
