import { assertMoments, type MetricKind, type Moments, varianceOf } from './moments.ts';

/** A number that was measured, and how far off it may be. */
export interface Estimate {
  readonly value: number;
  /** Above zero. */
  readonly standardError: number;
  /** Of Student's t, by Welch. */
  readonly degreesOfFreedom: number;
  /** Of both arms. */
  readonly units: number;
}

/** Why an effect cannot be read although its value may be known. */
export type Obstacle = 'EMPTY_ARM' | 'TOO_FEW_UNITS' | 'NO_VARIANCE';

/** What an arm does to a metric, against the baseline. */
export interface Effect {
  /** Mean of the arm less mean of the baseline; null when one of them is empty. */
  readonly difference: number | null;
  /** The difference as a share of the baseline's mean; null also when that mean is 0. */
  readonly lift: number | null;
  /** What readings are taken of: null where there is an obstacle, or, for the lift, where it is not defined. */
  readonly estimates: { readonly difference: Estimate | null; readonly lift: Estimate | null };
  readonly obstacle: Obstacle | null;
}

/**
 * The difference of two means and the relative lift (mB - mA) / |mA|.
 *
 * difference: variance vA + vB, with vX the variance of a unit over the count of units
 * lift, by the delta method: variance vB / mA^2 + vA mB^2 / mA^4
 * degrees of freedom of both: (vA + vB)^2 / (vA^2 / (nA - 1) + vB^2 / (nB - 1))
 *
 * Sources: Welch, Biometrika 34, 1947; Deng, Knoblich and Lu, "Applying the delta method in metric analytics", KDD 2018.
 *
 * @throws RangeError when the moments can be those of no values, or of no proportion where the kind is that.
 */
export function measureEffect(baseline: Moments, arm: Moments, kind: MetricKind): Effect {
  assertMoments(baseline, kind);
  assertMoments(arm, kind);
  const none = { difference: null, lift: null };
  if (baseline.count === 0 || arm.count === 0) return { ...none, estimates: none, obstacle: 'EMPTY_ARM' };
  const difference = arm.mean - baseline.mean;
  const lift = baseline.mean === 0 ? null : difference / Math.abs(baseline.mean);
  const [ofBaseline, ofArm] = [varianceOf(baseline, kind), varianceOf(arm, kind)];
  if (ofBaseline === null || ofArm === null) return { difference, lift, estimates: none, obstacle: 'TOO_FEW_UNITS' };
  const [vA, vB] = [ofBaseline / baseline.count, ofArm / arm.count];
  if (vA + vB === 0) return { difference, lift, estimates: none, obstacle: 'NO_VARIANCE' };
  const common = {
    degreesOfFreedom: (vA + vB) ** 2 / (vA ** 2 / (baseline.count - 1) + vB ** 2 / (arm.count - 1)),
    units: baseline.count + arm.count,
  };
  const ratio = arm.mean / baseline.mean;
  const estimates = {
    difference: { value: difference, standardError: Math.sqrt(vA + vB), ...common },
    lift:
      lift === null
        ? null
        : { value: lift, standardError: Math.sqrt(vB + vA * ratio * ratio) / Math.abs(baseline.mean), ...common },
  };
  return { difference, lift, estimates, obstacle: null };
}
