import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../../platform/columns.ts';
import { MODEL_NAMES } from '../model-version.entity.ts';
import type { RankerMetrics } from '../ranking/ranker-metrics.ts';
import type { RankerParams } from '../ranking/ranker-params.ts';
import type { SimilarityParams } from './similarity-params.ts';
import type { SplitMetrics } from './split-metrics.ts';

export const TRAINING_STATES = ['TRAINING', 'PUBLISHED', 'REJECTED', 'SUPERSEDED'] as const;
export type TrainingState = (typeof TRAINING_STATES)[number];

/** FULL: everything is compared with everything. INCREMENTAL: with what changed since an earlier version. */
export const TRAINING_KINDS = ['FULL', 'INCREMENTAL'] as const;
export type TrainingKind = (typeof TRAINING_KINDS)[number];

/** Counts of what a run read. */
export interface TrainingCounts {
  /** For the ranker places that were shown. */
  readonly interactions: number;
  readonly users: number;
  readonly contents: number;
}

export const TrainingRunSchema = defineEntity({
  name: 'TrainingRun',
  tableName: 'training_runs',
  properties: {
    /** Known before the run begins, so that planning twice is planning once. */
    id: p.uuid().primary(),
    model: p.enum(MODEL_NAMES),
    kind: p.enum(TRAINING_KINDS).default('FULL'),
    state: p.enum(TRAINING_STATES),
    params: p.json<SimilarityParams | RankerParams>(),
    counts: p.json<TrainingCounts>(),
    /** The moment at which interactions are weighed. */
    asOf: timestamp(),
    /** When the interactions were read. */
    plannedAt: timestamp(),
    /** 0 for a run that is not cut, which is kept when it has come to its end. */
    shardCount: p.integer(),
    /** Contents that were compared with all others by what people did; absent until the shards are joined. */
    recomputedContents: p.integer().nullable(),
    /** How it did on what it was not shown; absent until it was measured. */
    metrics: p.json<SplitMetrics>().nullable(),
    rankerMetrics: p.json<RankerMetrics>().nullable(),
    /** Why it was published or not, in a sentence. */
    outcome: p.text().nullable(),
    endedAt: timestamp().nullable(),
  },
  indexes: [{ properties: ['model', 'plannedAt', 'id'] }],
});

/** One training of a model, cut in shards that any worker may take. */
export class TrainingRun extends TrainingRunSchema.class {}
TrainingRunSchema.setClass(TrainingRun);
