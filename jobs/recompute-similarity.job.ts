import type { JobHandler } from './job-handler.ts';

/** Trains the similarity model anew and publishes it. */
export const recomputeSimilarity: JobHandler<'recompute-similarity'> = async (_payload, context) => {
  const { services, logger, reportProgress } = context;
  const report = await services.similarity.recompute(reportProgress);
  logger.info({ report }, report ? 'similarity model published' : 'another training had read the same data');
};
