import type { JobHandler } from './job-handler.ts';

/** Forgets feeds that nothing is learnt from any more. */
export const pruneFeeds: JobHandler<'prune-feeds'> = async (_payload, { services, logger }) => {
  logger.info({ feeds: await services.ranker.prune() }, 'forgot feeds of long ago');
};
