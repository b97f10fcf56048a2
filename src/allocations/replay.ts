import type { VersionInForce } from '../contracts/index.ts';
import { draftOfReallocation, type StorableDraft } from './allocation-drafts.ts';
import type { SplitFacts } from './allocation-facts.ts';
import type { BookedOrderItem } from './booked-items.queries.ts';
import { countingSplitOf } from './counted-items.ts';
import { type CounterBook, type CountingSplit, countersOf, splitAndCount } from './counter-book.ts';
import type { ReturnStep } from './reallocation.queries.ts';
import { sameSplit } from './share-draft.ts';

/** A stretch of a contract's history, from one sale on. */
export interface History {
  /** Items whose sale, or a part of whose return, was booked in it. */
  readonly items: readonly BookedOrderItem[];
  /** All that was ever given back of these, in the order of booking. */
  readonly returns: readonly ReturnStep[];
  /** The booking with which it begins. */
  readonly from: bigint;
}

/** What splits an item by what is known now; null where no version of the contract does, and it stays as it is. */
export type SplitAnew = (item: BookedOrderItem) => { version: VersionInForce; facts: SplitFacts } | null;

/**
 * Takes counters back to where they stood before the stretch, and goes through it again: every sale is split after what
 * was counted before it, and every return takes off what it takes off by then. So the outcome is that of a history in
 * which the versions known now had been known from the beginning.
 *
 * @param book all counters of the contract; it ends as they are after the stretch
 * @returns a reallocation of each item whose split has changed, in the order in which the sales were booked
 */
export function replay(
  history: History,
  { book, splitAnew }: { book: CounterBook; splitAnew: SplitAnew },
): StorableDraft[] {
  rewind(history, book);
  const standing = new Map<string, CountingSplit>(
    history.items.map((item) => [item.allocation.orderItemId, countingSplitOf(item)]),
  );
  const drafts: StorableDraft[] = [];
  for (const event of eventsOf(history)) {
    if ('step' in event) {
      const { orderItemId, beforeMinor: before, afterMinor: after } = event.step;
      const split = standing.get(orderItemId);
      if (split) book.count(split, { before, after });
      continue;
    }
    const { item } = event;
    const { split, draft } = bookAgain(item, { book, splitAnew });
    standing.set(item.allocation.orderItemId, split);
    if (draft) drafts.push(draft);
  }
  return drafts;
}

function rewind({ items, returns, from }: History, book: CounterBook): void {
  const returnedBefore = new Map<string, bigint>();
  for (const step of returns) if (step.sequence < from) returnedBefore.set(step.orderItemId, step.afterMinor);
  for (const item of items) {
    const isSoldBefore = item.sequence < from;
    const then = isSoldBefore ? (returnedBefore.get(item.allocation.orderItemId) ?? 0n) : null;
    book.count(countingSplitOf(item), { before: item.returnedMinor, after: then });
  }
}

type BookingEvent = { readonly sequence: bigint } & (
  | { readonly item: BookedOrderItem }
  | { readonly step: ReturnStep }
);

function eventsOf({ items, returns, from }: History): BookingEvent[] {
  const sales = items.map((item): BookingEvent => ({ sequence: item.sequence, item }));
  const steps = returns.map((step): BookingEvent => ({ sequence: step.sequence, step }));
  return [...sales, ...steps]
    .filter(({ sequence }) => sequence >= from)
    .sort((a, b) => (a.sequence < b.sequence ? -1 : 1));
}

function bookAgain(
  item: BookedOrderItem,
  { book, splitAnew }: { book: CounterBook; splitAnew: SplitAnew },
): { split: CountingSplit; draft: StorableDraft | null } {
  const anew = splitAnew(item);
  const stood = countingSplitOf(item);
  if (!anew) {
    book.count(stood, { before: null, after: 0n });
    return { split: stood, draft: null };
  }
  const { version } = anew;
  const { currency } = item.allocation;
  const rules = { version, currency };
  const computed = splitAndCount(anew.facts, rules, { book, counters: countersOf(anew.facts, rules) });
  const { contractId, rounding } = version;
  const split = { contractId, currency, rounding, facts: computed.facts, shares: computed.shares };
  const isSame = version.id === item.version.id && sameSplit(stood.shares, computed.shares);
  return { split, draft: isSame ? null : draftOfReallocation(item, { version, ...computed }) };
}
