import type { JobHandler } from './job-handler.ts';

/** Finds the neighbours of one shard's contents; the last one asks for the publication. */
export const trainShard: JobHandler<'train-shard'> = (shard, { services }) => services.similarity.trainShard(shard);
