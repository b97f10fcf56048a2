import { allocate, type Ratio, sumRatios } from '../math/allocation/index.ts';

const DECIMALS = 6;
const UNITS = 10n ** BigInt(DECIMALS);

/**
 * Exact parts of conversions as decimals of six places that still sum to their total: the total is rounded half up, and
 * the parts share it by largest remainder.
 */
export function toDecimals(credits: readonly Ratio[]): { readonly parts: string[]; readonly total: string } {
  const total = sumRatios(credits);
  const totalUnits = (2n * total.n * UNITS + total.d) / (2n * total.d);
  const parts = totalUnits === 0n ? credits.map(() => 0n) : allocate(totalUnits, credits);
  return { parts: parts.map(decimal), total: decimal(totalUnits) };
}

/** The difference of two decimals that `toDecimals` gave. */
export function decimalDifference(after: string, before: string): string {
  return decimal(unitsOf(after) - unitsOf(before));
}

function unitsOf(text: string): bigint {
  return BigInt(text.replace('.', ''));
}

function decimal(units: bigint): string {
  const magnitude = units < 0n ? -units : units;
  return `${units < 0n ? '-' : ''}${magnitude / UNITS}.${(magnitude % UNITS).toString().padStart(DECIMALS, '0')}`;
}
