import type { AttributionService } from '../attribution/index.ts';
import { findSettlementFacts } from '../orders/index.ts';
import type { EntityManager } from '../platform/database.ts';
import { invariant } from '../shared/invariant.ts';
import { draftOfSale, type StorableDraft } from './allocation-drafts.ts';
import type { AllocationStore } from './allocation-store.ts';
import { lockCounters, saveCounters } from './counter.queries.ts';
import { countersOf, splitAndCount } from './counter-book.ts';
import { findItemSales, type ItemSale } from './item-sales.ts';

/**
 * Splits those items of paid orders that are not in the books yet, one after the other as they were sold, by a fixed
 * number of statements. The orders are locked by the caller.
 *
 * @param settledIds items whose sale is in the books
 * @returns the number of allocations that are new
 */
export async function settleSales(
  em: EntityManager,
  orderIds: readonly string[],
  options: { settledIds: ReadonlySet<string>; store: AllocationStore; attribution: AttributionService },
): Promise<number> {
  const orders = await findSettlementFacts(em, orderIds);
  invariant(orders.length === new Set(orderIds).size, 'sales are settled once they are paid');
  const sales = await findItemSales(em, { orders, ...options });
  return options.store.store(em, await splitSales(em, sales));
}

async function splitSales(em: EntityManager, sales: readonly ItemSale[]): Promise<StorableDraft[]> {
  const counting = sales.map((sale) => {
    const rules = { version: sale.version, currency: sale.order.currency };
    return { sale, rules, counters: countersOf(sale.facts, rules) };
  });
  const places = counting.flatMap(({ rules, counters }) =>
    counters.map((counter) => ({ ...counter, contractId: rules.version.contractId, currency: rules.currency })),
  );
  const book = await lockCounters(em, places);
  const drafts = counting.map(({ sale, rules, counters }) =>
    draftOfSale(sale, splitAndCount(sale.facts, rules, { book, counters })),
  );
  await saveCounters(em, book);
  return drafts;
}
