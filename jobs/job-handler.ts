import type { JobName, JobPayloads } from '../src/outbox/index.ts';
import type { Logger } from '../src/platform/logger.ts';
import type { Services } from '../src/services.ts';

/** What a job is given beside its payload. */
export interface JobContext {
  readonly services: Services;
  readonly logger: Logger;
  /** @param fraction 0 to 1 */
  reportProgress(fraction: number): Promise<void>;
}

export type JobHandler<Name extends JobName> = (payload: JobPayloads[Name], context: JobContext) => Promise<void>;
