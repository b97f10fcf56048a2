import type { JobHandler } from './job-handler.ts';

/** Drops messages that were settled a month ago. */
export const pruneOutbox: JobHandler<'prune-outbox'> = async (_payload, { services, logger }) => {
  logger.info({ messages: await services.outbox.prune() }, 'forgot jobs that were done long ago');
};
