import { defineEntity, p } from '@mikro-orm/core';
import { TrainingRun } from './training-run.entity.ts';

export const TrainingPartSchema = defineEntity({
  name: 'TrainingPart',
  tableName: 'training_parts',
  properties: {
    runId: () => p.manyToOne(TrainingRun).mapToPk().name('run_id').primary(),
    /** What it is a part of: `input`, or `shard:3`. */
    name: p.text().primary(),
    position: p.integer().primary(),
    bytes: p.blob(),
  },
});

/** A piece of what the jobs of a training hand on to each other. Gone when the run ends. */
export class TrainingPart extends TrainingPartSchema.class {}
TrainingPartSchema.setClass(TrainingPart);
