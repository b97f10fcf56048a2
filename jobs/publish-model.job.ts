import type { JobHandler } from './job-handler.ts';

/** Joins the shards of a training and publishes the version unless it is worse than the one that serves. */
export const publishModel: JobHandler<'publish-model'> = async ({ runId }, { services, logger }) => {
  const versionNumber = await services.similarity.publish(runId);
  logger.info({ runId, versionNumber }, versionNumber === null ? 'training not published' : 'model published');
};
