import normal from '@stdlib/stats-base-dists-normal';
import { assertInput } from '../assert.ts';
import { assertMoments, type MetricKind, type Moments, varianceOf } from './moments.ts';
import { assertAlpha, SEQUENTIAL_TUNING_UNITS, sequentialReach } from './readings.ts';

export interface PowerOptions {
  /** Two-sided. */
  readonly alpha: number;
  /** Chance that an effect of this size is found, within (0, 1). */
  readonly power: number;
  /** SEQUENTIAL: with the reading that may be looked at any time, and therefore wants more. */
  readonly reading?: 'FIXED' | 'SEQUENTIAL';
}

export interface DetectableEffect {
  readonly difference: number;
  /** The difference as a share of the baseline's mean; null where that is 0. */
  readonly lift: number | null;
}

/**
 * The least effect that so many units find with the power asked for, where the arm varies as the baseline does:
 *
 * difference = (critical + z(power)) sqrt(variance (1 / nA + 1 / nB))
 *
 * critical is z(1 - alpha / 2), or the half-width of the confidence sequence over the standard error. Source: Kohavi, Tang
 * and Xu, "Trustworthy Online Controlled Experiments", 2020, chapter 17.
 *
 * @param baseline Of its arm, or of the past when an experiment is planned: only its variance and mean are read.
 * @returns Null when the baseline has fewer than two units or no variance, or an arm would be empty.
 * @throws RangeError when the moments are impossible, or an option is out of bounds.
 */
export function detectableEffect(
  { baseline, kind, units }: { baseline: Moments; kind: MetricKind; units: { baseline: number; arm: number } },
  options: PowerOptions,
): DetectableEffect | null {
  assertMoments(baseline, kind);
  assertPower(options);
  for (const count of [units.baseline, units.arm]) {
    assertInput(Number.isFinite(count) && count >= 0, `units must not be ${count}`);
  }
  const variance = varianceOf(baseline, kind);
  if (!variance || units.baseline === 0 || units.arm === 0) return null;
  const standardError = Math.sqrt(variance / units.baseline + variance / units.arm);
  const difference = standardError * multiplesNeeded(options, units.baseline + units.arm);
  return { difference, lift: baseline.mean === 0 ? null : difference / Math.abs(baseline.mean) };
}

const MOST_UNITS = 2 ** 50;

/**
 * Units that each of two arms needs to find a lift: the least whole number whose detectable effect is no larger.
 *
 * @returns Null when the baseline's mean is 0, it has no variance, or 2^50 units would not do.
 * @throws RangeError when the lift is 0 or not finite, the moments are impossible, or an option is out of bounds.
 */
export function unitsNeeded(
  { baseline, kind, lift }: { baseline: Moments; kind: MetricKind; lift: number },
  options: PowerOptions,
): number | null {
  assertInput(Number.isFinite(lift) && lift !== 0, `a lift to be found must be finite and not 0, not ${lift}`);
  const found = (units: number): boolean => {
    const least = detectableEffect({ baseline, kind, units: { baseline: units, arm: units } }, options)?.lift;
    return typeof least === 'number' && least <= Math.abs(lift);
  };
  let high = 2;
  while (!found(high)) {
    high *= 2;
    if (high > MOST_UNITS) return null;
  }
  let low = 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (found(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function multiplesNeeded({ alpha, power, reading = 'FIXED' }: PowerOptions, units: number): number {
  const critical =
    reading === 'FIXED'
      ? normal.quantile(1 - alpha / 2, 0, 1)
      : sequentialReach({ standardError: 1, units }, { alpha, tuningUnits: SEQUENTIAL_TUNING_UNITS });
  return critical + normal.quantile(power, 0, 1);
}

function assertPower({ alpha, power }: PowerOptions): void {
  assertAlpha(alpha);
  assertInput(power > 0 && power < 1, `the power must be above 0 and below 1, not ${power}`);
}
