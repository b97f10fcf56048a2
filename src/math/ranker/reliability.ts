import { assertInput, assertWhole } from '../assert.ts';
import { assertLabels } from './labelled-examples.ts';

export interface Reliability {
  /** Mean of -log of the probability that was given to what happened; 0 is best. */
  readonly logLoss: number;
  /** Mean squared distance of probability and outcome; from 0, best, to 1. */
  readonly brier: number;
  /** Mean distance, over bins of probabilities, of what was said and what happened, each bin by its size. */
  readonly calibrationError: number;
}

/** A probability of 0 for what happened would make the loss infinite, whatever else was said. */
const LEAST_PROBABILITY = 1e-15;

/**
 * How far probabilities can be trusted. Sources: Brier, Monthly Weather Review 78, 1950; Naeini, Cooper and Hauskrecht,
 * AAAI 2015 (expected calibration error, bins of equal width).
 *
 * @param binCount Bins of the calibration error, from 1.
 * @throws RangeError when there is none, lists differ in length, or a number is out of bounds.
 */
export function measureReliability(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  binCount = 10,
): Reliability {
  checkInput(probabilities, labels, binCount);
  const gaps = new Float64Array(binCount);
  let [loss, squares] = [0, 0];
  for (let e = 0; e < labels.length; e++) {
    const p = probabilities[e] as number;
    const label = labels[e] as number;
    loss -= Math.log(Math.max(LEAST_PROBABILITY, label === 1 ? p : 1 - p));
    squares += (p - label) ** 2;
    const bin = Math.min(binCount - 1, Math.floor(p * binCount));
    gaps[bin] = (gaps[bin] as number) + p - label;
  }
  const count = labels.length;
  const calibrationError = gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / count;
  return { logLoss: loss / count, brier: squares / count, calibrationError };
}

function checkInput(probabilities: ArrayLike<number>, labels: ArrayLike<number>, binCount: number): void {
  assertWhole('binCount', binCount, { min: 1, max: 10_000 });
  const fits = labels.length > 0 && labels.length === probabilities.length;
  assertInput(fits, 'there must be one label for each of some probabilities');
  assertLabels(labels);
  for (let e = 0; e < probabilities.length; e++) {
    const p = probabilities[e] as number;
    if (!(p >= 0 && p <= 1)) throw new RangeError(`probability ${e} must be from 0 to 1, not ${p}`);
  }
}
