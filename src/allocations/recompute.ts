import type { VersionInForce } from '../contracts/index.ts';
import type { AllocationRow } from './allocation.queries.ts';
import { type ShareDraft, sameShares } from './share-draft.ts';
import { returnItem, splitItem } from './split-item.ts';

/** An allocation as it stands in the tables and the books. */
export interface StoredAllocation {
  readonly allocation: AllocationRow;
  /** All of them, by position. */
  readonly shares: readonly (ShareDraft & { readonly bookedMinor: bigint | null })[];
  readonly version: VersionInForce;
}

/** What computing an allocation again brought. */
export interface Recomputation {
  /** Parties, amounts, clauses and postings are what they are now, to the last unit. */
  readonly isEqual: boolean;
  readonly shares: readonly ShareDraft[];
}

/**
 * Computes an allocation again from its stored facts and contract version, by the code that made it.
 *
 * @param sale that a refund takes back; it is computed again too, since what it gave decides what goes back
 */
export function recompute(stored: StoredAllocation, sale: StoredAllocation | null): Recomputation {
  const { facts } = stored.allocation;
  if (facts.kind === 'SALE') return compare(stored, splitItem(facts, stored.version));
  if (!sale) return { isEqual: false, shares: [] };
  const sold = recompute(sale, null);
  const again = compare(stored, returnItem(facts, { sale: sold.shares, rules: stored.version }));
  return { ...again, isEqual: again.isEqual && sold.isEqual };
}

function compare(stored: StoredAllocation, shares: readonly ShareDraft[]): Recomputation {
  const isBooked = stored.shares.every(({ amountMinor, bookedMinor }) => (bookedMinor ?? 0n) === -amountMinor);
  return { isEqual: isBooked && sameShares(stored.shares, shares), shares };
}
