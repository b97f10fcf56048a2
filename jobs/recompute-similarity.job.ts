import type { JobHandler } from './job-handler.ts';

/** Reads all interactions and asks for the shards of a training of the similarity model. */
export const recomputeSimilarity: JobHandler<'recompute-similarity'> = (payload, { services }) =>
  services.similarity.plan(payload);
