import { allocate, ratio } from '../math/allocation/index.ts';
import type { CouponKind } from './coupon.entity.ts';
import { parsePercent, roundHalfUp, UNITS_OF_PERCENT } from './percent.ts';

/** A content in somebody's order. */
export interface PricedItem {
  readonly partnerId: string;
  readonly priceMinor: bigint;
}

/** What of a coupon decides the discount. */
export interface DiscountRule {
  readonly kind: CouponKind;
  readonly percent?: string | null | undefined;
  readonly amountMinor?: bigint | null | undefined;
  readonly partnerId?: string | null | undefined;
}

/**
 * What a coupon takes off each item, in their order: a percentage of what the items that it is for cost in all, rounded
 * half up, or an amount, at most all of that; shared among these items by price and largest remainder. So no discount
 * exceeds its price, and equal items in another order get the same.
 */
export function discountsOf(rule: DiscountRule, items: readonly PricedItem[]): bigint[] {
  const eligible = items.map((item) => (isFor(rule, item) ? item.priceMinor : 0n));
  const sumMinor = eligible.reduce((sum, priceMinor) => sum + priceMinor, 0n);
  if (sumMinor === 0n) return items.map(() => 0n);
  return allocate(
    discountOn(rule, sumMinor),
    eligible.map((priceMinor) => ratio(priceMinor)),
  );
}

export function isFor({ partnerId = null }: DiscountRule, item: PricedItem): boolean {
  return partnerId === null || partnerId === item.partnerId;
}

function discountOn({ kind, percent, amountMinor }: DiscountRule, sumMinor: bigint): bigint {
  if (kind === 'AMOUNT') return least(amountMinor ?? 0n, sumMinor);
  return roundHalfUp(sumMinor * parsePercent('percent', percent ?? '0'), 100n * UNITS_OF_PERCENT);
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
