import type { VersionInForce } from '../contracts/index.ts';
import { allocateRefund } from '../math/allocation/index.ts';
import type { ReturnFacts } from '../orders/index.ts';
import type { AllocationRow, ShareRow } from './allocation.queries.ts';
import type { ReturnAllocationFacts } from './allocation-facts.ts';

/** The sale of one item as it stands in the books. */
export interface BookedItem {
  /** The split in effect. */
  readonly allocation: AllocationRow;
  /** All shares of it, by position. */
  readonly shares: readonly ShareRow[];
  readonly version: VersionInForce;
  /** What its parties have given back so far. */
  readonly returnedMinor: bigint;
}

/** One return of an order: what its parties give back for it, and what is left to the platform. */
export interface OrderReturn {
  readonly returned: ReturnFacts;
  /** What the provider moved: positive to the buyer, negative back from there. */
  readonly movedMinor: bigint;
  /** The part of it that the parties give back. */
  readonly sharedMinor: bigint;
  readonly items: readonly ItemReturn[];
}

/** The part of a return that falls on one item. Not zero. */
export interface ItemReturn {
  readonly returned: ReturnFacts;
  readonly item: BookedItem;
  readonly amountMinor: bigint;
  readonly facts: ReturnAllocationFacts;
}

/**
 * Shares the returns of one order among its items. Refunds, chargebacks and reversals are one sequence: what its parties
 * have given back after each of them is what went to the buyer in all, and never more than the sale. So a refund and a
 * chargeback of the same sale do not deduct twice; what goes beyond the sale is the platform's to bear.
 *
 * What is given back in all is allocated to the items by price, less what each gave back before. So the items' parts
 * depend on that sum alone, and all of an order is all of each item.
 *
 * @param items all items of the order that were split
 * @param returns those that are not in the books yet, in the order in which they happened
 * @param movedMinor what those in the books moved to the buyer in all
 */
export function orderReturns(
  items: readonly BookedItem[],
  { returns, movedMinor }: { returns: readonly ReturnFacts[]; movedMinor: bigint },
): OrderReturn[] {
  const sharesMinor = items.map(({ allocation }) => allocation.amountMinor);
  const soldMinor = sum(sharesMinor);
  let before = items.map(({ returnedMinor }) => returnedMinor);
  let movedBefore = movedMinor;
  return returns.map((returned) => {
    const moved = returned.kind === 'CHARGEBACK_REVERSAL' ? -returned.amountMinor : returned.amountMinor;
    const cumulativeMinor = least(soldMinor, movedBefore + moved);
    const due = allocateRefund({ sharesMinor, returnedMinor: before, cumulativeMinor });
    const parts = items.flatMap((item, at) =>
      itemReturn(item, { returned, before: before[at] ?? 0n, amountMinor: due[at] ?? 0n }),
    );
    movedBefore += moved;
    before = before.map((amount, at) => amount + (due[at] ?? 0n));
    return { returned, movedMinor: moved, sharedMinor: sum(due), items: parts };
  });
}

function itemReturn(
  item: BookedItem,
  { returned, before, amountMinor }: { returned: ReturnFacts; before: bigint; amountMinor: bigint },
): ItemReturn[] {
  if (amountMinor === 0n) return [];
  const facts: ReturnAllocationFacts = {
    kind: returned.kind,
    provider: item.allocation.facts.provider,
    saleAllocationId: item.allocation.id,
    refundedBeforeMinor: String(before),
    refundedAfterMinor: String(before + amountMinor),
  };
  return [{ returned, item, amountMinor, facts }];
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

function least(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}
