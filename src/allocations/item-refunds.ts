import type { VersionInForce } from '../contracts/index.ts';
import { AllocationInputError, allocateRefund } from '../math/allocation/index.ts';
import type { RefundFacts } from '../orders/index.ts';
import type { RefundAllocationFacts } from './allocation.entity.ts';
import { RefundExceedsSaleError } from './allocation.errors.ts';
import type { AllocationRow, ShareRow } from './allocation.queries.ts';

/** The sale of one item as it stands in the books. */
export interface SoldItem {
  readonly sale: AllocationRow;
  readonly shares: readonly ShareRow[];
  readonly version: VersionInForce;
}

/** One refund's part for one item, with everything that decides who gives back what. */
export interface ItemRefund {
  readonly refund: RefundFacts;
  readonly sold: SoldItem;
  /** Not zero. Negative, seldom, for an item that a larger sum of refunds gives one unit less. */
  readonly returnedMinor: bigint;
  readonly facts: RefundAllocationFacts;
}

/**
 * Shares each refund of one order among its items: what is refunded so far, in all, is allocated by price, less what
 * each item was refunded before. So the items' parts depend on the sum of the refunds alone, and a full refund refunds
 * each item in full.
 *
 * @param items all items of the order that were split
 * @param refunds of the order that are not in the books yet, in the order in which they were paid back
 * @param refundedMinor by item, what is in the books; an item that is absent was refunded nothing
 * @throws RefundExceedsSaleError
 */
export function itemRefunds(
  items: readonly SoldItem[],
  { refunds, refundedMinor }: { refunds: readonly RefundFacts[]; refundedMinor: ReadonlyMap<string, bigint> },
): ItemRefund[] {
  let before = items.map(({ sale }) => refundedMinor.get(sale.orderItemId) ?? 0n);
  return refunds.flatMap((refund) => {
    const due = dueOf(items, { refund, before });
    const made = items.flatMap((sold, at) =>
      itemRefund(sold, { refund, before: before[at] ?? 0n, due: due[at] ?? 0n }),
    );
    before = before.map((refunded, at) => refunded + (due[at] ?? 0n));
    return made;
  });
}

function dueOf(
  items: readonly SoldItem[],
  { refund, before }: { refund: RefundFacts; before: readonly bigint[] },
): bigint[] {
  const cumulativeMinor = before.reduce((sum, refunded) => sum + refunded, refund.amountMinor);
  try {
    const sharesMinor = items.map(({ sale }) => sale.amountMinor);
    return allocateRefund({ sharesMinor, returnedMinor: before, cumulativeMinor });
  } catch (error) {
    if (error instanceof AllocationInputError) throw new RefundExceedsSaleError(refund.refundId);
    throw error;
  }
}

function itemRefund(
  sold: SoldItem,
  { refund, before, due }: { refund: RefundFacts; before: bigint; due: bigint },
): ItemRefund[] {
  if (due === 0n) return [];
  const facts: RefundAllocationFacts = {
    kind: 'REFUND',
    provider: sold.sale.facts.provider,
    saleAllocationId: sold.sale.id,
    refundedBeforeMinor: String(before),
    refundedAfterMinor: String(before + due),
  };
  return [{ refund, sold, returnedMinor: due, facts }];
}
