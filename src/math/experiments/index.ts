export { type AssignmentPlan, assigner } from './assignment.ts';
export { type Correction, correctForMany } from './corrections.ts';
export { detectableEffect, unitsNeeded } from './detectable-effect.ts';
export { type Estimate, measureEffect } from './effect.ts';
export {
  type Moments,
  mergeMoments,
  momentsOf,
  momentsOfProportion,
  momentsOfSums,
  NO_UNITS,
  RunningMoments,
} from './moments.ts';
export {
  DEFAULT_EXPERIMENT_OPTIONS,
  type DecidedReading,
  type ExperimentReading,
  type ExperimentSample,
  type MetricReading,
  type MetricSample,
  readExperiment,
} from './read-experiment.ts';
export { readMetric } from './read-metric.ts';
export {
  type LiftPrior,
  readBayesian,
  readFixed,
  readSequential,
} from './readings.ts';
export { checkSampleRatio } from './sample-ratio.ts';
export { decideStop, type StopPlan } from './stop-rules.ts';
export { RowTally, type TalliedUnits, UnitTally } from './unit-tally.ts';
