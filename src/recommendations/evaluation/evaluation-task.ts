import type { Recommender } from '../../math/recommenders/index.ts';
import type { ConfiguredModel } from './ranking-model.ts';

/** What came out for one model. */
export interface Measured {
  /** By name such as `recall@20`. */
  readonly metrics: Readonly<Record<string, number>>;
  /** By the names of the metrics that are means: what each learner, or each case, gave, in an order of the task's own. */
  readonly perUser: Readonly<Record<string, Float64Array>>;
}

/** Data that was read and cut under one protocol: any model can be fitted to its train part and measured on its test part. */
export interface EvaluationTask {
  /** What is measured, in words, parted by semicolons, so that a number can be compared with others. */
  readonly protocol: string;
  /** Learners, or cases, that count. */
  readonly users: number;
  /** Items that are ranked. */
  readonly items: number;
  /** The metric by which settings are chosen. */
  readonly objective: string;
  measure(recommender: Recommender): Measured;
}

export interface EvaluationReport {
  readonly protocol: string;
  readonly model: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly users: number;
  readonly items: number;
  readonly metrics: Readonly<Record<string, number>>;
  /** To fit and to measure, the reading of files left out. */
  readonly seconds: number;
}

/** A report together with what each learner gave, for tests of significance. */
export interface DetailedReport extends EvaluationReport {
  readonly perUser: Measured['perUser'];
}

/** Fits one model and measures it. */
export function measureModel(task: EvaluationTask, { recommender, params }: ConfiguredModel): DetailedReport {
  const startMs = performance.now();
  const { metrics, perUser } = task.measure(recommender);
  return {
    protocol: task.protocol,
    model: recommender.name,
    params,
    users: task.users,
    items: task.items,
    metrics,
    seconds: Math.round(performance.now() - startMs) / 1_000,
    perUser,
  };
}
