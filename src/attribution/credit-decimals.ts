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

function decimal(units: bigint): string {
  return `${units / UNITS}.${(units % UNITS).toString().padStart(DECIMALS, '0')}`;
}
