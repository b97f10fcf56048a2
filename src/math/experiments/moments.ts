import { assertInput, assertWhole } from '../assert.ts';

/** All that readings need to know of one metric in one arm: a few numbers, however many units. */
export interface Moments {
  /** Units, from 0. */
  readonly count: number;
  /** 0 when there is none. */
  readonly mean: number;
  /** Sum of squared distances from the mean. */
  readonly m2: number;
}

/** How a metric's variance is estimated: p (1 - p) for what each unit did or did not do, else by count - 1. */
export type MetricKind = 'PROPORTION' | 'MEAN';

export const NO_UNITS: Moments = { count: 0, mean: 0, m2: 0 };

/**
 * Moments of a stream, value by value: squared distances as Welford adds them up, and a mean that is right to the last digit,
 * from a sum that keeps what rounding drops. Sources: Welford, Technometrics 4(3), 1962; Neumaier, ZAMM 54, 1974.
 */
export class RunningMoments {
  #count = 0;
  #sum = 0;
  #dropped = 0;
  #mean = 0;
  #m2 = 0;

  /** @throws RangeError when the value is not finite. */
  add(value: number): void {
    assertInput(Number.isFinite(value), `a value must be finite, not ${value}`);
    this.#count++;
    const step = value - this.#mean;
    this.#mean += step / this.#count;
    this.#m2 += step * (value - this.#mean);
    const sum = this.#sum + value;
    this.#dropped += Math.abs(this.#sum) >= Math.abs(value) ? this.#sum - sum + value : value - sum + this.#sum;
    this.#sum = sum;
  }

  moments(): Moments {
    const mean = this.#count === 0 ? 0 : (this.#sum + this.#dropped) / this.#count;
    return { count: this.#count, mean, m2: this.#m2 };
  }
}

export function momentsOf(values: Iterable<number>): Moments {
  const running = new RunningMoments();
  for (const value of values) running.add(value);
  return running.moments();
}

/** Moments of two streams together. Source: Chan, Golub and LeVeque, "Updating formulae", 1979. */
export function mergeMoments(a: Moments, b: Moments): Moments {
  assertMoments(a);
  assertMoments(b);
  const count = a.count + b.count;
  if (a.count === 0 || b.count === 0) return a.count === 0 ? b : a;
  const step = b.mean - a.mean;
  return {
    count,
    mean: a.mean + (step * b.count) / count,
    m2: a.m2 + b.m2 + (step * step * a.count * b.count) / count,
  };
}

/**
 * Moments of sums, such as a database adds up. Where the mean is large beside the deviation the difference of the two
 * sums is rounding alone; that much counts as no variance. Sums over values less a constant keep the digits.
 *
 * @throws RangeError when the count is no whole number, a sum is not finite, or the squares are too small for the sum.
 */
export function momentsOfSums(sums: { count: number; sum: number; sumOfSquares: number }): Moments {
  const { count, sum, sumOfSquares } = sums;
  assertWhole('the count', count, { min: 0 });
  assertInput(Number.isFinite(sum) && Number.isFinite(sumOfSquares), 'sums must be finite');
  if (count === 0) {
    assertInput(sum === 0 && sumOfSquares === 0, 'sums over no units must be 0');
    return NO_UNITS;
  }
  const m2 = sumOfSquares - (sum * sum) / count;
  const rounding = count * Number.EPSILON * sumOfSquares;
  assertInput(m2 >= -rounding, `the sum of squares ${sumOfSquares} is too small for a sum of ${sum} over ${count}`);
  return { count, mean: sum / count, m2: m2 <= rounding ? 0 : m2 };
}

/**
 * Moments of a metric that is 1 for some units and 0 for all others.
 *
 * @throws RangeError when one is no whole number, or there are more successes than units.
 */
export function momentsOfProportion(successes: number, count: number): Moments {
  assertWhole('the count', count, { min: 0 });
  assertWhole('the successes', successes, { min: 0, max: count });
  return count === 0 ? NO_UNITS : { count, mean: successes / count, m2: (successes * (count - successes)) / count };
}

/** The variance of one unit's value; null when there are fewer than two units to tell it from. */
export function varianceOf({ count, mean, m2 }: Moments, kind: MetricKind): number | null {
  if (count < 2) return null;
  return kind === 'PROPORTION' ? mean * (1 - mean) : m2 / (count - 1);
}

/** @throws RangeError when these can be the moments of no values; of a proportion, when the mean is no share. */
export function assertMoments({ count, mean, m2 }: Moments, kind?: MetricKind): void {
  assertWhole('the count of moments', count, { min: 0 });
  assertInput(Number.isFinite(mean), `the mean must be finite, not ${mean}`);
  assertInput(
    Number.isFinite(m2) && m2 >= 0,
    `the sum of squared distances must be finite and not negative, not ${m2}`,
  );
  assertInput(kind !== 'PROPORTION' || (mean >= 0 && mean <= 1), `a proportion must be from 0 to 1, not ${mean}`);
}
