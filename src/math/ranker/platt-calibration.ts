import { assertFinite, assertInput } from '../assert.ts';
import type { Calibration } from './calibration.ts';
import { assertLabels } from './labelled-examples.ts';
import { logistic, logisticLoss } from './logistic.ts';

const MAX_ROUNDS = 100;
const MIN_STEP = 1e-10;
/** Keeps the second derivatives away from zero, where all scores are alike. */
const RIDGE = 1e-9;

/** The probability of a score is `logistic(slope * score + shift)`. */
export interface PlattLine {
  /** At least 0. */
  readonly slope: number;
  readonly shift: number;
}

/**
 * logistic(a * score + b) with the a and b of the least logistic loss, a at least 0, by Newton steps that are halved until
 * the loss falls. Labels are drawn in from 0 and 1 as if each class had been met once more, so that a clean cut does not
 * end in certainty. Sources: Platt, "Probabilistic Outputs for Support Vector Machines", 1999; Lin, Lin and Weng, "A Note
 * on Platt's Probabilistic Outputs", Machine Learning 68, 2007.
 *
 * @param scores Best on the scale of log odds, where 1 and 0 for a and b change nothing.
 * @param labels 1 where it came to the outcome, else 0; one for each score.
 * @throws RangeError when there is none, lists differ in length, a score is not finite, or a label is neither 0 nor 1.
 */
export function fitPlattLine(scores: ArrayLike<number>, labels: ArrayLike<number>): PlattLine {
  assertInput(scores.length > 0 && scores.length === labels.length, 'there must be one label for each of some scores');
  assertFinite('score', scores);
  assertLabels(labels);
  const targets = drawnIn(labels);
  const free = newton({ slope: 0, shift: 0 }, { scores, targets, slopeIsFree: true });
  // Scores that tell the wrong way round say nothing that may be turned into an order.
  return free.slope >= 0 ? free : newton({ slope: 0, shift: 0 }, { scores, targets, slopeIsFree: false });
}

/** The line of `fitPlattLine` as a calibration. @throws RangeError as that does. */
export function plattCalibration(scores: ArrayLike<number>, labels: ArrayLike<number>): Calibration {
  const { slope, shift } = fitPlattLine(scores, labels);
  return { calibrate: (score) => logistic(slope * score + shift) };
}

interface PlattProblem {
  readonly scores: ArrayLike<number>;
  readonly targets: Float64Array;
  readonly slopeIsFree: boolean;
}

function drawnIn(labels: ArrayLike<number>): Float64Array {
  let positives = 0;
  for (let e = 0; e < labels.length; e++) positives += labels[e] as number;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (labels.length - positives + 2);
  return Float64Array.from(labels, (label) => (label === 1 ? high : low));
}

function newton(start: PlattLine, problem: PlattProblem): PlattLine {
  let line = start;
  let loss = lossOf(line, problem);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const step = newtonStep(line, problem);
    let length = 1;
    let next = moved(line, step, length);
    while (length > MIN_STEP && !(lossOf(next, problem) < loss)) {
      length /= 2;
      next = moved(line, step, length);
    }
    if (length <= MIN_STEP) break;
    line = next;
    loss = lossOf(line, problem);
  }
  return line;
}

function moved({ slope, shift }: PlattLine, step: PlattLine, length: number): PlattLine {
  return { slope: slope - length * step.slope, shift: shift - length * step.shift };
}

/** The inverse of the second derivatives times the first ones. */
function newtonStep({ slope, shift }: PlattLine, { scores, targets, slopeIsFree }: PlattProblem): PlattLine {
  let [ga, gb, haa, hab, hbb] = [0, 0, RIDGE, 0, RIDGE];
  targets.forEach((target, e) => {
    const score = slopeIsFree ? (scores[e] as number) : 0;
    const p = logistic(slope * score + shift);
    const curve = p * (1 - p);
    ga += (p - target) * score;
    gb += p - target;
    haa += curve * score * score;
    hab += curve * score;
    hbb += curve;
  });
  const determinant = haa * hbb - hab * hab;
  return { slope: (hbb * ga - hab * gb) / determinant, shift: (haa * gb - hab * ga) / determinant };
}

function lossOf({ slope, shift }: PlattLine, { scores, targets }: PlattProblem): number {
  return targets.reduce((sum, target, e) => {
    const z = slope * (scores[e] as number) + shift;
    return sum + target * logisticLoss(z, 1) + (1 - target) * logisticLoss(z, 0);
  }, 0);
}
