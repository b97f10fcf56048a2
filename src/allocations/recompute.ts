import type { VersionInForce } from '../contracts/index.ts';
import type { AllocationRow } from './allocation.queries.ts';
import { isSplit, type SplitFacts } from './allocation-facts.ts';
import { reallocateItem } from './reallocate-item.ts';
import { returnItem } from './return-item.ts';
import { type ShareDraft, sameShares } from './share-draft.ts';
import { type Split, splitItem } from './split-item.ts';

/** An allocation as it stands in the tables and the books. */
export interface StoredAllocation {
  readonly allocation: AllocationRow;
  /** All of them, by position. */
  readonly shares: readonly (ShareDraft & { readonly bookedMinor: bigint | null })[];
  readonly version: VersionInForce;
}

/** What computing an allocation again brought. */
export interface Recomputation {
  /** Parties, amounts, clauses, counters and postings are what they are now, to the last unit. */
  readonly isEqual: boolean;
  readonly shares: readonly ShareDraft[];
}

const IMPOSSIBLE: Recomputation = { isEqual: false, shares: [] };

/**
 * Computes an allocation again from its stored facts and contract version, by the code that made it. What it rests on,
 * the split that a return takes back or that a reallocation takes the place of, is computed again too.
 *
 * @param stored at least it and all that it rests on, by id
 */
export function recompute(id: string, stored: ReadonlyMap<string, StoredAllocation>): Recomputation {
  const it = stored.get(id);
  if (!it) return IMPOSSIBLE;
  const { facts, currency } = it.allocation;
  if (!isSplit(facts)) {
    const sale = recompute(facts.saleAllocationId, stored);
    const { rounding } = it.version;
    return compare(it, {
      shares: returnItem(facts, { split: sale.shares, rounding, currency }),
      isSound: sale.isEqual,
    });
  }
  const split = splitItem(facts, { version: it.version, currency });
  const isSound = sameCounters(facts, split);
  if (facts.kind === 'SALE') return compare(it, { shares: split.shares, isSound });
  const superseded = stored.get(facts.supersedesId);
  if (!superseded) return IMPOSSIBLE;
  const before = { shares: splitOf(superseded), version: superseded.version };
  const after = { shares: split.shares, version: it.version };
  const returnedMinor = BigInt(facts.returnedMinor);
  return compare(it, { shares: reallocateItem({ before, after }, { returnedMinor, currency }), isSound });
}

function splitOf({ allocation, version }: StoredAllocation): readonly ShareDraft[] {
  const { facts, currency } = allocation;
  return isSplit(facts) ? splitItem(facts, { version, currency }).shares : [];
}

function sameCounters({ counters = [] }: SplitFacts, again: Split): boolean {
  return counters.every(({ addedMinor }, at) => addedMinor === again.counters[at]?.addedMinor);
}

function compare(
  stored: StoredAllocation,
  { shares, isSound }: { shares: readonly ShareDraft[]; isSound: boolean },
): Recomputation {
  const isBooked = stored.shares.every(({ postedMinor, bookedMinor }) => (bookedMinor ?? 0n) === -postedMinor);
  return { isEqual: isSound && isBooked && sameShares(stored.shares, shares), shares };
}
