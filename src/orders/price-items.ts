import type { OfferedContent } from '../content/index.ts';
import { discountsOf, taxWithin } from '../pricing/index.ts';

/** What decides the price of an order beside its contents. */
export interface PriceRules {
  /** Null for none. */
  readonly coupon: Parameters<typeof discountsOf>[0] | null;
  /** The rate where the buyer is; null where none is known. */
  readonly taxPercent: string | null;
}

/** A content with what it costs in one order. */
export interface PricedContent extends OfferedContent {
  readonly listPriceMinor: bigint;
  readonly discountMinor: bigint;
  readonly taxMinor: bigint;
}

/** Takes the discount off each content and finds the tax within what is left: `priceMinor` is what the buyer pays. */
export function priceItems(contents: readonly OfferedContent[], { coupon, taxPercent }: PriceRules): PricedContent[] {
  const discounts = coupon ? discountsOf(coupon, contents) : [];
  return contents.map((content, at) => {
    const { priceMinor: listPriceMinor } = content;
    const discountMinor = discounts[at] ?? 0n;
    const priceMinor = listPriceMinor - discountMinor;
    return { ...content, listPriceMinor, discountMinor, priceMinor, taxMinor: taxWithin(priceMinor, taxPercent) };
  });
}
