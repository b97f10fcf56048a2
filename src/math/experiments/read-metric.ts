import { type DetectableEffect, detectableEffect } from './detectable-effect.ts';
import { type Effect, measureEffect, type Obstacle } from './effect.ts';
import type { MetricKind, Moments } from './moments.ts';
import {
  type BayesianReading,
  type Goal,
  type LiftPrior,
  type Reading,
  readBayesian,
  readFixed,
  readSequential,
} from './readings.ts';

export interface ReadingOptions {
  /** Two-sided error, within (0, 1). */
  readonly alpha: number;
  /** Chance at which effects count as detectable, within (0, 1). */
  readonly power: number;
  /** N* of the sequential reading. */
  readonly tuningUnits: number;
  /** Of the relative lift; flat when absent. */
  readonly prior?: LiftPrior | undefined;
}

/**
 * BASELINE_ZERO: no relative lift, readings are of the difference. BASELINE_UNSURE: its mean is less than three standard
 * errors from 0, where the delta method does not hold. FEW_EVENTS: fewer than five units did, or did not, in an arm, too few
 * for a normal approximation.
 */
export type ReadingNote = 'BASELINE_ZERO' | 'BASELINE_UNSURE' | 'FEW_EVENTS' | Obstacle;

/** One metric of one arm against the baseline, read in three ways side by side. */
export interface ArmReading {
  readonly difference: number | null;
  readonly lift: number | null;
  /** What `fixed`, `sequential` and `bayesian` are readings of. */
  readonly scale: 'LIFT' | 'DIFFERENCE';
  /** Null, all three, where there is an obstacle, which the notes name. */
  readonly fixed: Reading | null;
  readonly sequential: Reading | null;
  readonly bayesian: BayesianReading | null;
  /** Of the absolute difference, whatever the scale. */
  readonly differenceFixed: Reading | null;
  readonly detectable: DetectableEffect | null;
  readonly notes: readonly ReadingNote[];
}

/**
 * @param sample Moments of the two arms; `goal`: which way is better.
 * @throws RangeError when moments are impossible, or an option is out of bounds.
 */
export function readMetric(
  sample: { baseline: Moments; arm: Moments; kind: MetricKind; goal: Goal },
  options: ReadingOptions,
): ArmReading {
  const { baseline, arm, kind, goal } = sample;
  const { alpha, prior } = options;
  const effect = measureEffect(baseline, arm, kind);
  const { difference, lift } = effect.estimates;
  const scale = effect.lift !== null || effect.difference === null ? 'LIFT' : 'DIFFERENCE';
  const estimate = scale === 'LIFT' ? lift : difference;
  // What is believed is believed of the relative lift: where there is none, nothing is.
  const belief = { alpha, goal, prior: scale === 'LIFT' ? prior : undefined };
  const units = { baseline: baseline.count, arm: arm.count };
  return {
    difference: effect.difference,
    lift: effect.lift,
    scale,
    fixed: estimate && readFixed(estimate, alpha),
    sequential: estimate && readSequential(estimate, options),
    bayesian: estimate && readBayesian(estimate, belief),
    differenceFixed: difference && readFixed(difference, alpha),
    detectable: detectableEffect({ baseline, kind, units }, options),
    notes: notesOf(effect, sample),
  };
}

const SURE_ERRORS = 3;
const LEAST_EVENTS = 5;

function notesOf(effect: Effect, sample: { baseline: Moments; arm: Moments; kind: MetricKind }): ReadingNote[] {
  const { baseline, arm, kind } = sample;
  if (effect.obstacle) return [effect.obstacle];
  const notes: ReadingNote[] = [];
  const spread = kind === 'PROPORTION' ? baseline.mean * (1 - baseline.mean) : baseline.m2 / (baseline.count - 1);
  const error = Math.sqrt(spread / baseline.count);
  if (baseline.mean === 0) notes.push('BASELINE_ZERO');
  else if (Math.abs(baseline.mean) < SURE_ERRORS * error) notes.push('BASELINE_UNSURE');
  const fewest = Math.min(...[baseline, arm].map(({ count, mean }) => count * Math.min(mean, 1 - mean)));
  if (kind === 'PROPORTION' && fewest < LEAST_EVENTS - 0.5) notes.push('FEW_EVENTS');
  return notes;
}
