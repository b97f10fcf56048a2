import { assertFinite, assertInput } from '../assert.ts';
import type { Calibration } from './calibration.ts';
import { assertLabels } from './labelled-examples.ts';

/** Scores from `from` to `to` that share one probability. */
interface Step {
  readonly from: number;
  readonly to: number;
  readonly mean: number;
  readonly count: number;
}

/**
 * The non-decreasing steps with the least squared error, by pooling neighbours that are the wrong way round (pool adjacent
 * violators). Between two steps it goes along a line, beyond the ends it stays level. The mean over the scores that it
 * learnt from is the share of outcomes among them. Sources: Ayer and others, Annals of Mathematical Statistics 26, 1955;
 * Zadrozny and Elkan, KDD 2002.
 *
 * @param scores On any scale, such as probabilities or log odds.
 * @param labels 1 where it came to the outcome, else 0; one for each score.
 * @throws RangeError when there is none, lists differ in length, a score is not finite, or a label is neither 0 nor 1.
 */
export function isotonicCalibration(scores: ArrayLike<number>, labels: ArrayLike<number>): Calibration {
  assertInput(scores.length > 0 && scores.length === labels.length, 'there must be one label for each of some scores');
  assertFinite('score', scores);
  assertLabels(labels);
  const steps = poolViolators(equalScores(scores, labels));
  return { calibrate: (score) => along(steps, score) };
}

/** Equal scores must get equal probabilities, so each is one step to begin with. */
function equalScores(scores: ArrayLike<number>, labels: ArrayLike<number>): Step[] {
  const order = Int32Array.from({ length: scores.length }, (_, e) => e).sort(
    (a, b) => (scores[a] as number) - (scores[b] as number),
  );
  const steps: Step[] = [];
  for (const e of order) {
    const score = scores[e] as number;
    const single = { from: score, to: score, mean: labels[e] as number, count: 1 };
    const last = steps.at(-1);
    if (last?.to === score) steps[steps.length - 1] = joined(last, single);
    else steps.push(single);
  }
  return steps;
}

function poolViolators(steps: readonly Step[]): Step[] {
  const pooled: Step[] = [];
  for (const step of steps) {
    let current = step;
    for (let last = pooled.at(-1); last && last.mean >= current.mean; last = pooled.at(-1)) {
      current = joined(last, current);
      pooled.pop();
    }
    pooled.push(current);
  }
  return pooled;
}

function joined(a: Step, b: Step): Step {
  const count = a.count + b.count;
  return { from: a.from, to: b.to, mean: (a.mean * a.count + b.mean * b.count) / count, count };
}

function along(steps: readonly Step[], score: number): number {
  let [low, high] = [0, steps.length - 1];
  // The first step that does not end below the score, or the last one.
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] as Step).to < score) low = middle + 1;
    else high = middle;
  }
  const step = steps[low] as Step;
  const before = steps[low - 1];
  if (!before || score >= step.from) return step.mean;
  const share = (score - before.to) / (step.from - before.to);
  return before.mean + share * (step.mean - before.mean);
}
