import { invariant } from '../shared/invariant.ts';
import { isSplit } from './allocation-facts.ts';
import type { CounterPlace, CountingSplit } from './counter-book.ts';
import type { BookedItem } from './order-returns.ts';

/** The split of an item as counters see it. */
export function countingSplitOf({ allocation, shares, version }: BookedItem): CountingSplit {
  const { facts, currency } = allocation;
  invariant(isSplit(facts), 'what stands for an item is a split of it');
  return { contractId: version.contractId, currency, rounding: version.rounding, facts, shares };
}

/** The counters that an item moved. */
export function placesOf(item: BookedItem): CounterPlace[] {
  const { contractId, currency, facts } = countingSplitOf(item);
  return (facts.counters ?? []).map((counter) => ({ ...counter, contractId, currency }));
}
