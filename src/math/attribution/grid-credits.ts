import { allocate, type Ratio, ratio } from '../allocation/index.ts';

/** Credits that are no simple fractions count in units of a billionth of a conversion. */
const UNITS = 1_000_000_000n;
/** Weights are whole numbers of this part of the largest one before they are shared by. */
const WEIGHT_STEPS = 2 ** 40;

/**
 * Credits in proportion to weights that are no fractions by nature (half-lives, removal effects), exact all the same: the
 * weights become whole numbers of 2^-40 of the largest one, and a billion units are split by these by largest remainder,
 * ties to the earlier touch. So they sum to one, their denominators divide 10^9, however many are added up, and the
 * last digits of a weight, which may differ with the order in which numbers were added, decide about nothing.
 *
 * @param weights Finite, not negative, one of them above zero.
 */
export function gridCredits(weights: readonly number[]): Ratio[] {
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  const whole = weights.map((weight) => ratio(BigInt(Math.round((weight / largest) * WEIGHT_STEPS))));
  return allocate(UNITS, whole).map((units) => ratio(units, UNITS));
}
