import type { JobHandler } from './job-handler.ts';

/** Learns the ranker of feeds anew and lets it serve unless it is worse than what serves. */
export const trainRanker: JobHandler<'train-ranker'> = (payload, { services }) => services.ranker.train(payload);
