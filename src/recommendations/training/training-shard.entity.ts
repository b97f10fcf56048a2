import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../../platform/columns.ts';
import { TrainingRun } from './training-run.entity.ts';

export const TrainingShardSchema = defineEntity({
  name: 'TrainingShard',
  tableName: 'training_shards',
  properties: {
    runId: () => p.manyToOne(TrainingRun).mapToPk().name('run_id').primary(),
    number: p.integer().primary(),
    /** The contents of this shard, by number: from the first on, and before the last. */
    fromContent: p.integer(),
    toContent: p.integer(),
    doneAt: timestamp().nullable(),
  },
});

/** A block of contents whose neighbours are looked for by one job. */
export class TrainingShard extends TrainingShardSchema.class {}
TrainingShardSchema.setClass(TrainingShard);
