import type { AppliedClaim, AppliedRate, TierBand } from './applied-claim.ts';

/** Writes an amount of the sale's currency for people: 7920 as `"79.20 EUR"`. Only the caller knows the decimals. */
export type AmountFormat = (amountMinor: bigint) => string;

/** What a term asked for, and what held it: `"70% of 79.20, the rest at step 2, held to the 30.00 that the cap left"`. */
export function explainClaim(
  of: AppliedClaim,
  { step, format }: { step: number | null; format: AmountFormat },
): string {
  const rate = rateOf(of.rate, { basis: basisOf(of, { step, format }), format });
  const held = of.heldToMinor === null ? '' : `, held to the ${format(of.heldToMinor)} that the cap still allowed`;
  const cut = of.isCut ? ', cut in proportion because the claims of the step exceeded the rest' : '';
  return `${rate}${held}${cut}`;
}

function basisOf(of: AppliedClaim, { step, format }: { step: number | null; format: AmountFormat }): string {
  const isSale = of.rate.kind !== 'FLAT' && of.rate.basis === 'SALE';
  return `${format(of.basisMinor)}, ${isSale ? 'the whole sale' : `the rest at step ${step}`}`;
}

function rateOf(rate: AppliedRate, { basis, format }: { basis: string; format: AmountFormat }): string {
  switch (rate.kind) {
    case 'PERCENTAGE':
      return `${rate.percent}% of ${basis}`;
    case 'FLAT':
      return `${format(rate.amountMinor)} a sale, from ${basis}`;
    case 'TIERED': {
      const before = rate.cumulativeMinor === 0n ? '' : `, after ${format(rate.cumulativeMinor)} of earlier sales`;
      return `${bandsOf(rate.bands, format)}, by tiers of ${basis}${before}`;
    }
  }
}

/** `"10% of the first 1000.00 and 20% of 250.00 above"`. */
function bandsOf(bands: readonly TierBand[], format: AmountFormat): string {
  if (bands.length === 0) return 'Nothing';
  const texts = bands.map((band) => bandOf(band, format));
  const last = texts.at(-1) ?? '';
  return texts.length === 1 ? last : `${texts.slice(0, -1).join(', ')} and ${last}`;
}

function bandOf({ percent, widthMinor, fromMinor, toMinor }: TierBand, format: AmountFormat): string {
  const width = format(widthMinor);
  if (fromMinor > 0n) return `${percent}% of ${width} above ${format(fromMinor)}`;
  return toMinor === widthMinor ? `${percent}% of the first ${width}` : `${percent}% of ${width}`;
}
