import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';
import type { RankerMetrics } from './ranking/ranker-metrics.ts';
import type { SplitMetrics } from './training/split-metrics.ts';

/** Which contents go together; and what puts the candidates of a feed in order. */
export const MODEL_NAMES = ['item-similarity', 'feed-ranker'] as const;
export type ModelName = (typeof MODEL_NAMES)[number];

export const ModelVersionSchema = defineEntity({
  name: 'ModelVersion',
  tableName: 'model_versions',
  uniques: [{ properties: ['model', 'number'] }],
  properties: {
    id: p.uuid().primary(),
    model: p.enum(MODEL_NAMES),
    number: p.integer(),
    params: p.json<Record<string, number>>(),
    /** Counts of what went in and came out. */
    stats: p.json<Record<string, number>>(),
    /** How it did on what it was not shown, when it was measured. */
    metrics: p.json<SplitMetrics>().nullable(),
    /** Likewise for a version of the ranker, which has these and not those. */
    rankerMetrics: p.json<RankerMetrics>().nullable(),
    /** When what it learnt from was read. */
    trainedAt: timestamp(),
  },
});

/** One trained model. Never changed. */
export class ModelVersion extends ModelVersionSchema.class {}
ModelVersionSchema.setClass(ModelVersion);
