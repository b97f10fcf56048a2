import { Fraction } from 'fraction.js';
import { AllocationInputError } from './allocation-input-error.ts';

/** An exact rational number of unbounded size, always in lowest terms. Treated as immutable. */
export type Ratio = Fraction;

const RATIO = /^(\d{1,400})(?:\/(\d{1,400}))?$/;
/** Of a text that is refused, so much is told. */
const MAX_SHOWN = 60;
const PERCENTAGE = /^(\d{1,3})(?:\.(\d{1,12}))?$/;

/**
 * @param numerator Whole.
 * @param denominator Whole, not zero.
 * @throws AllocationInputError for a zero denominator.
 */
export function ratio(numerator: bigint, denominator = 1n): Ratio {
  if (denominator === 0n) throw new AllocationInputError('ratio', 'A ratio cannot have the denominator zero.');
  return new Fraction(numerator, denominator);
}

/**
 * Reads `"1/3"` or `"1"`, the form that `formatRatio` writes and that credits are stored in.
 *
 * @throws AllocationInputError for any other text.
 */
export function parseRatio(text: string): Ratio {
  const [, numerator, denominator = '1'] = RATIO.exec(text) ?? [];
  if (numerator === undefined) throw new AllocationInputError('ratio', `${shown(text)} is not a ratio such as "1/3".`);
  return ratio(BigInt(numerator), BigInt(denominator));
}

/** Lowest terms: `"1/3"`, and `"1"` for a whole number. */
export function formatRatio(value: Ratio): string {
  return value.toFraction();
}

/**
 * Reads a percentage, `"33.3333"`, exactly: 333333/1000000. At most twelve decimals.
 *
 * @param path Where the text stands in the caller's input, for the error.
 * @throws AllocationInputError when the text is no plain decimal, is negative, or is above 100.
 */
export function parsePercentage(text: string, path = 'percent'): Ratio {
  const [, whole, decimals = ''] = PERCENTAGE.exec(text) ?? [];
  if (whole === undefined) {
    throw new AllocationInputError(path, `${shown(text)} is not a percentage such as "33.3333", from 0 to 100.`);
  }
  const share = new Fraction(BigInt(whole + decimals), 100n * 10n ** BigInt(decimals.length));
  if (share.gt(1n)) throw new AllocationInputError(path, `${shown(text)} is more than 100 percent.`);
  return share;
}

/** @returns Zero for no summands. */
export function sumRatios(values: readonly Ratio[]): Ratio {
  return values.reduce((sum, value) => sum.add(value), new Fraction(0n, 1n));
}

function shown(text: string): string {
  return JSON.stringify(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);
}
