import normal from '@stdlib/stats-base-dists-normal';
import t from '@stdlib/stats-base-dists-t';
import { assertInput } from '../assert.ts';
import type { Estimate } from './effect.ts';

/** Lower and upper end, both included. */
export type Interval = readonly [lower: number, upper: number];

export interface Reading {
  /** Two-sided, against no effect. */
  readonly p: number;
  readonly interval: Interval;
}

export interface BayesianReading {
  /** Chance that the arm is better than the baseline. */
  readonly chanceToWin: number;
  /** Where the effect lies with a chance of 1 - alpha. */
  readonly interval: Interval;
  /** What choosing the arm costs on average where it is the worse one, averaged over all chances: from 0. */
  readonly risk: number;
}

/** What is believed of the relative lift before anything was measured. */
export interface LiftPrior {
  readonly mean: number;
  /** Above zero. */
  readonly deviation: number;
}

/** Which way is better. */
export type Goal = 'INCREASE' | 'DECREASE';

/** Units at which the sequential reading is sharpest: the setting of GrowthBook. */
export const SEQUENTIAL_TUNING_UNITS = 5_000;

/**
 * A reading that holds once, at a horizon fixed beforehand: Student's t with Welch's degrees of freedom.
 *
 * @throws RangeError when alpha is not within (0, 1).
 */
export function readFixed(estimate: Estimate, alpha: number): Reading {
  assertAlpha(alpha);
  const { value, standardError, degreesOfFreedom } = estimate;
  const reach = t.quantile(1 - alpha / 2, degreesOfFreedom) * standardError;
  return {
    p: 2 * t.cdf(-Math.abs(value) / standardError, degreesOfFreedom),
    interval: [value - reach, value + reach],
  };
}

/**
 * A reading that holds at every look, however often somebody looks: an asymptotic confidence sequence. With n units in
 * all and s^2 = n standardError^2,
 *
 * half-width = s sqrt(2 (n rho^2 + 1) ln(sqrt(n rho^2 + 1) / alpha) / (n rho)^2)
 * rho = sqrt((-2 ln alpha + ln(-2 ln alpha + 1)) / N*)
 *
 * p is the least alpha in the half-width at which the interval leaves zero out, rho kept: below the alpha asked for exactly
 * when the interval does. Source: Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, arXiv 2103.06476, 2021, section 2.
 *
 * @param tuningUnits N*, at which the interval is to be tightest; above zero.
 * @throws RangeError when an option is out of bounds.
 */
export function readSequential(
  estimate: Estimate,
  { alpha, tuningUnits = SEQUENTIAL_TUNING_UNITS }: { alpha: number; tuningUnits?: number },
): Reading {
  const { value, standardError, units } = estimate;
  const reach = sequentialReach({ standardError, units }, { alpha, tuningUnits });
  const scale = units * sequentialRho(alpha, tuningUnits) ** 2;
  const z = value / standardError;
  const logP = Math.log1p(scale) / 2 - (z * z * scale) / (2 * (scale + 1));
  return { p: Math.min(1, Math.exp(logP)), interval: [value - reach, value + reach] };
}

/** The half-width of the confidence sequence, see `readSequential`. @throws RangeError when an option is out of bounds. */
export function sequentialReach(
  { standardError, units }: { standardError: number; units: number },
  { alpha, tuningUnits }: { alpha: number; tuningUnits: number },
): number {
  assertAlpha(alpha);
  assertInput(Number.isFinite(tuningUnits) && tuningUnits > 0, `the tuning must be above 0 units, not ${tuningUnits}`);
  const rho = sequentialRho(alpha, tuningUnits);
  const scale = units * rho * rho;
  const logs = Math.log1p(scale) / 2 - Math.log(alpha);
  return standardError * Math.sqrt(units) * (Math.sqrt(2 * (scale + 1) * logs) / (units * rho));
}

function sequentialRho(alpha: number, tuningUnits: number): number {
  const logs = -2 * Math.log(alpha);
  return Math.sqrt((logs + Math.log(logs + 1)) / tuningUnits);
}

/**
 * What to believe after the data: the estimate is taken as normal around the true effect, the prior is normal or, when it
 * is absent, flat (every lift is as likely before), which is the default of GrowthBook too. With a prior N(m, d^2) the
 * precision of the belief is 1 / se^2 + 1 / d^2 and its mean the average of both by precision.
 *
 * @throws RangeError when alpha is not within (0, 1), or the prior has no finite mean and deviation above zero.
 */
export function readBayesian(
  { value, standardError }: Pick<Estimate, 'value' | 'standardError'>,
  { alpha, prior, goal = 'INCREASE' }: { alpha: number; prior?: LiftPrior | undefined; goal?: Goal },
): BayesianReading {
  assertAlpha(alpha);
  const belief = prior ? posterior({ value, standardError }, prior) : { mean: value, deviation: standardError };
  const reach = normal.quantile(1 - alpha / 2, 0, 1) * belief.deviation;
  const gain = (goal === 'INCREASE' ? belief.mean : -belief.mean) / belief.deviation;
  const chanceToLose = normal.cdf(-gain, 0, 1);
  return {
    chanceToWin: normal.cdf(gain, 0, 1),
    interval: [belief.mean - reach, belief.mean + reach],
    // The mean of max(0, -x) for x ~ N(gain, 1); below zero by rounding alone.
    risk: Math.max(0, belief.deviation * (normal.pdf(gain, 0, 1) - gain * chanceToLose)),
  };
}

function posterior(
  { value, standardError }: Pick<Estimate, 'value' | 'standardError'>,
  prior: LiftPrior,
): { mean: number; deviation: number } {
  assertInput(
    Number.isFinite(prior.mean) && Number.isFinite(prior.deviation) && prior.deviation > 0,
    `a prior must have a finite mean and a deviation above 0, not ${prior.mean} and ${prior.deviation}`,
  );
  const ofData = 1 / standardError ** 2;
  const ofPrior = 1 / prior.deviation ** 2;
  return {
    mean: (value * ofData + prior.mean * ofPrior) / (ofData + ofPrior),
    deviation: 1 / Math.sqrt(ofData + ofPrior),
  };
}

/** @throws RangeError when alpha is not within (0, 1). */
export function assertAlpha(alpha: number): void {
  assertInput(alpha > 0 && alpha < 1, `alpha must be above 0 and below 1, not ${alpha}`);
}
