import chisquare from '@stdlib/stats-base-dists-chisquare';
import { assertInput, assertWhole } from '../assert.ts';

/**
 * OK; SHOWN, below .01: to be told; ALARM, below .001: something assigns or loses units by arm, and no reading counts;
 * TOO_FEW: where chance would bring fewer than five units to an arm the test does not hold.
 */
export type SampleRatioVerdict = 'OK' | 'SHOWN' | 'ALARM' | 'TOO_FEW';

export interface SampleRatioCheck {
  /** How often chance would bring a split as far from the weights. */
  readonly p: number;
  /** Sum over arms of (units - expected)^2 / expected. */
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  /** By arm, the units that the weights promise. */
  readonly expected: readonly number[];
  readonly verdict: SampleRatioVerdict;
}

export const SHOWN_BELOW = 0.01;
export const ALARM_BELOW = 0.001;
const LEAST_EXPECTED = 5;
const MAX_ARMS = 200;

/**
 * Whether units fell on the arms as the weights say: Pearson's chi-square test. An arm of weight 0 is left out unless it has
 * units, which no chance explains. Source: Fabijan and others, "Diagnosing sample ratio mismatch", KDD 2019.
 *
 * @param counts Units by arm, from two arms to 200.
 * @param weights By arm, on any scale; equal when absent.
 * @throws RangeError when there is another number of arms or weights, a count is no whole number, a weight negative or not
 *   finite, or fewer than two weights above zero.
 */
export function checkSampleRatio(counts: readonly number[], weights?: readonly number[]): SampleRatioCheck {
  assertInput(counts.length >= 2 && counts.length <= MAX_ARMS, `there must be from 2 to ${MAX_ARMS} arms`);
  const shares = weights ?? counts.map(() => 1);
  assertInput(shares.length === counts.length, 'there must be one weight for each arm');
  for (const count of counts) assertWhole('the units of an arm', count, { min: 0 });
  for (const share of shares) assertInput(Number.isFinite(share) && share >= 0, `a weight must not be ${share}`);
  const weighed = shares.filter((share) => share > 0).length;
  assertInput(weighed >= 2, 'at least two arms must have a weight above 0');
  const total = counts.reduce((sum, count) => sum + count, 0);
  const weight = shares.reduce((sum, share) => sum + share, 0);
  const expected = shares.map((share) => (total * share) / weight);
  const isStray = counts.some((count, arm) => count > 0 && shares[arm] === 0);
  const statistic = isStray ? Number.POSITIVE_INFINITY : distance(counts, expected);
  const p = isStray ? 0 : upperTail(statistic, weighed - 1);
  const isSmall = expected.some((units, arm) => (shares[arm] as number) > 0 && units < LEAST_EXPECTED);
  return { p, statistic, degreesOfFreedom: weighed - 1, expected, verdict: isStray ? 'ALARM' : verdictOf(p, isSmall) };
}

function verdictOf(p: number, isSmall: boolean): SampleRatioVerdict {
  if (isSmall) return 'TOO_FEW';
  if (p < ALARM_BELOW) return 'ALARM';
  return p < SHOWN_BELOW ? 'SHOWN' : 'OK';
}

function distance(counts: readonly number[], expected: readonly number[]): number {
  return counts.reduce((sum, count, arm) => {
    const promised = expected[arm] as number;
    return promised === 0 ? sum : sum + (count - promised) ** 2 / promised;
  }, 0);
}

const MAX_STEPS = 10_000;
const TINY = 1e-300;

/**
 * P(chi-square of k degrees > x), to a relative 1e-12 also where 1 - cdf has lost all digits: there Legendre's continued
 * fraction of the incomplete gamma function, by Lentz's method. With a = k / 2 and y = x / 2,
 *
 * tail = x density(x) / (y + 1 - a - 1 (1 - a) / (y + 3 - a - 2 (2 - a) / (y + 5 - a - ...)))
 *
 * Source: NIST Digital Library of Mathematical Functions, 8.9.2.
 */
export function upperTail(x: number, degreesOfFreedom: number): number {
  const a = degreesOfFreedom / 2;
  const y = x / 2;
  if (y <= a + 1) return 1 - chisquare.cdf(x, degreesOfFreedom);
  let denominator = y + 1 - a;
  let c = 1 / TINY;
  let d = 1 / denominator;
  let fraction = d;
  for (let step = 1; step <= MAX_STEPS; step++) {
    const numerator = -step * (step - a);
    denominator += 2;
    d = 1 / nonZero(numerator * d + denominator);
    c = nonZero(denominator + numerator / c);
    fraction *= c * d;
    if (Math.abs(c * d - 1) < Number.EPSILON) break;
  }
  return x * chisquare.pdf(x, degreesOfFreedom) * fraction;
}

function nonZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
