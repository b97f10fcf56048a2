import type { LedgerService } from '../ledger/index.ts';
import { findReturnFacts, type ReturnFacts } from '../orders/index.ts';
import type { EntityManager } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import { present } from '../shared/invariant.ts';
import { draftOfReturn } from './allocation-drafts.ts';
import type { AllocationStore } from './allocation-store.ts';
import { findBookedItems } from './booked-items.queries.ts';
import { countingSplitOf, placesOf } from './counted-items.ts';
import { lockCounters, saveCounters } from './counter.queries.ts';
import { type BookedItem, type ItemReturn, type OrderReturn, orderReturns } from './order-returns.ts';
import { platformEntriesOf } from './return-entries.ts';
import { findSettledReturns, insertSettledReturns, type SettledReturnRow } from './settled-returns.queries.ts';

/**
 * Takes back what went to the buyers of orders and is not in the books yet, in the order in which it happened. The
 * orders are locked by the caller, and their sales are in the books.
 *
 * @returns the number of allocations that are new
 */
export async function settleReturns(
  em: EntityManager,
  orderIds: readonly string[],
  { store, ledger, settledAt }: { store: AllocationStore; ledger: LedgerService; settledAt: Date },
): Promise<number> {
  const settled = await findSettledReturns(em, orderIds);
  const isSettled = new Set(settled.map(({ kind, sourceId }) => `${kind} ${sourceId}`));
  const open = (await findReturnFacts(em, { orderIds })).filter(({ kind, id }) => !isSettled.has(`${kind} ${id}`));
  if (open.length === 0) return 0;
  const returns = await shareReturns(em, open, settled);
  await countReturns(em, returns);
  const items = returns.flatMap((returned) => returned.items);
  const made = await store.store(em, items.map(draftOfReturn));
  await ledger.post(
    em,
    returns.flatMap((returned) => platformEntriesOf(returned, returned.place)),
  );
  await insertSettledReturns(
    em,
    returns.map((returned) => rowOf(returned, settledAt)),
  );
  return made;
}

type PlacedReturn = OrderReturn & { readonly place: { readonly currency: string; readonly provider: string } };

async function shareReturns(
  em: EntityManager,
  open: readonly ReturnFacts[],
  settled: readonly SettledReturnRow[],
): Promise<PlacedReturn[]> {
  const returnsOf = Map.groupBy(open, ({ orderId }) => orderId);
  const orderIds = [...returnsOf.keys()].sort();
  const itemsOf = Map.groupBy(await findBookedItems(em, isAnyOf('item.order_id', orderIds)), ({ orderId }) => orderId);
  return orderIds.flatMap((orderId) => {
    const items = itemsOf.get(orderId) ?? [];
    const { allocation } = present(items[0], 'a booked item of an order that was paid back');
    const place = { currency: allocation.currency, provider: allocation.facts.provider };
    const movedMinor = settled.reduce((sum, it) => (it.orderId === orderId ? sum + it.movedMinor : sum), 0n);
    const returns = returnsOf.get(orderId) ?? [];
    return orderReturns(items, { returns, movedMinor }).map((returned) => ({ ...returned, place }));
  });
}

/** What was given back no longer counts for the clauses that counted it. */
async function countReturns(em: EntityManager, returns: readonly OrderReturn[]): Promise<void> {
  const parts = returns.flatMap(({ items }) => items);
  const items = new Set<BookedItem>(parts.map(({ item }) => item));
  const book = await lockCounters(em, [...items].flatMap(placesOf));
  for (const { item, facts } of parts satisfies readonly ItemReturn[]) {
    const [before, after] = [BigInt(facts.refundedBeforeMinor), BigInt(facts.refundedAfterMinor)];
    book.count(countingSplitOf(item), { before, after });
  }
  await saveCounters(em, book);
}

function rowOf({ returned, movedMinor, sharedMinor }: OrderReturn, settledAt: Date): SettledReturnRow {
  const { kind, id: sourceId, orderId, feeMinor } = returned;
  return { kind, sourceId, orderId, movedMinor, sharedMinor, feeMinor, settledAt };
}
