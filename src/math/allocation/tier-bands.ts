import type { TierBand } from './applied-claim.ts';
import { parsePercentage, type Ratio, sumRatios } from './ratio.ts';
import type { Tier } from './waterfall-terms.ts';

/**
 * Lays the basis of a sale on the scale, from where the counter stands: [cumulative, cumulative + basis] cut at the
 * thresholds. The widths sum to the basis, so that two sales in a row have the bands of the two together.
 *
 * @param tiers Checked: the first from zero, rising.
 * @returns Only the tiers that the sale reaches, from below.
 */
export function tierBands(
  tiers: readonly Tier[],
  { cumulativeMinor, basisMinor }: { cumulativeMinor: bigint; basisMinor: bigint },
): TierBand[] {
  const endMinor = cumulativeMinor + basisMinor;
  return tiers.flatMap(({ fromMinor, percent }, index) => {
    const toMinor = tiers[index + 1]?.fromMinor ?? null;
    const lowest = fromMinor > cumulativeMinor ? fromMinor : cumulativeMinor;
    const highest = toMinor === null || toMinor > endMinor ? endMinor : toMinor;
    return highest > lowest ? [{ percent, widthMinor: highest - lowest, fromMinor, toMinor }] : [];
  });
}

/** Each band at its own rate. */
export function claimOfBands(bands: readonly TierBand[]): Ratio {
  return sumRatios(bands.map(({ percent, widthMinor }) => parsePercentage(percent).mul(widthMinor)));
}
