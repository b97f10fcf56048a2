import { parsePercent, roundHalfUp, UNITS_OF_PERCENT } from './percent.ts';

/**
 * The tax within a price: price · rate / (100 + rate), rounded half up to the minor unit.
 *
 * @param percent on top of the net price; null where no rate is known, which makes no tax
 */
export function taxWithin(priceMinor: bigint, percent: string | null): bigint {
  if (percent === null) return 0n;
  const rate = parsePercent('percent', percent);
  return roundHalfUp(priceMinor * rate, 100n * UNITS_OF_PERCENT + rate);
}
