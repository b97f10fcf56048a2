import type { AttributionService } from '../attribution/index.ts';
import type { VersionInForce } from '../contracts/index.ts';
import { findSettlementFacts, type SettlementItem } from '../orders/index.ts';
import type { EntityManager } from '../platform/database.ts';
import { present } from '../shared/invariant.ts';
import type { CreditFacts, ScopeFacts, SplitFacts } from './allocation-facts.ts';
import type { BookedOrderItem } from './booked-items.queries.ts';
import { countingSplitOf } from './counted-items.ts';
import { asksForCredits, decisiveTouchpoint, findCredits } from './sale-credits.ts';

/** An item and the version that splits it, as known now. */
export interface ItemUnderVersion {
  readonly item: BookedOrderItem;
  readonly version: VersionInForce;
}

/**
 * The facts by which items are split anew. What was known of the buyer's way when the sale was settled stays; only a
 * version that asks what was not asked then, or by another pool model, is answered as known now. A sale that was settled
 * before clauses had a scope gets its scope from the order.
 *
 * @returns by item, nothing counted yet
 */
export async function findFactsAnew(
  em: EntityManager,
  items: readonly ItemUnderVersion[],
  attribution: AttributionService,
): Promise<(item: BookedOrderItem) => SplitFacts> {
  const asking = items.filter(asksAnew).map(({ item, version }) => ({ orderId: item.orderId, version }));
  const creditsOf = await findCredits(em, asking, attribution);
  const sold = await findItemsWithoutScope(em, items);
  const facts = new Map(
    items.map((it) => {
      const { counters: _, ...known } = splitFactsOf(it.item);
      const soldItem = sold.get(it.item.allocation.orderItemId);
      const scope = soldItem ? scopeOf(soldItem, it) : scopeUnder(it, known.scope);
      const credits = asksAnew(it) ? creditsOf(it.item.orderId, it.version) : null;
      return [it.item, withCredits({ ...known, ...(scope && { scope }) }, credits)];
    }),
  );
  return (item) => present(facts.get(item), 'the facts of an item that was asked for');
}

function asksAnew({ item, version }: ItemUnderVersion): boolean {
  if (!asksForCredits(version) || version.id === item.version.id) return false;
  return !asksForCredits(item.version) || item.version.poolModel !== version.poolModel;
}

function withCredits(facts: SplitFacts, credits: readonly CreditFacts[] | null): SplitFacts {
  if (!credits) return facts;
  const scope = facts.scope && { ...facts.scope, ...decisiveTouchpoint(credits) };
  return { ...facts, credits, ...(scope && { scope }) };
}

/** Without what makes them those of one allocation. */
function splitFactsOf(item: BookedOrderItem): SplitFacts {
  const { ownerPartnerId, grossMinor, taxMinor, providerFeeMinor, ...rest } = countingSplitOf(item).facts;
  const { discountMinor, credits, scope, counters } = rest;
  return {
    ownerPartnerId,
    grossMinor,
    taxMinor,
    providerFeeMinor,
    credits,
    ...(discountMinor !== undefined && { discountMinor }),
    ...(scope && { scope }),
    ...(counters && { counters }),
  };
}

async function findItemsWithoutScope(
  em: EntityManager,
  items: readonly ItemUnderVersion[],
): Promise<Map<string, SettlementItem>> {
  const lacking = items.filter(({ item, version }) => version.id !== item.version.id && !splitFactsOf(item).scope);
  if (lacking.length === 0) return new Map();
  const orders = await findSettlementFacts(em, [...new Set(lacking.map(({ item }) => item.orderId))]);
  const wanted = new Set(lacking.map(({ item }) => item.allocation.orderItemId));
  const sold = orders.flatMap((order) => order.items).filter(({ id }) => wanted.has(id));
  return new Map(sold.map((item) => [item.id, item]));
}

/** A version that takes the place of another one counts months as contracts do by now. */
function scopeUnder({ item, version }: ItemUnderVersion, known: ScopeFacts | undefined): ScopeFacts | undefined {
  return known && version.id !== item.version.id ? { ...known, timeZone: version.timeZone } : known;
}

function scopeOf(sold: SettlementItem, { item: { allocation }, version }: ItemUnderVersion): ScopeFacts {
  const { contentId, domainCode, module, customerSince } = sold;
  return {
    contentId,
    domainCode,
    module,
    campaignId: null,
    channel: null,
    soldAt: allocation.effectiveAt.toISOString(),
    customerSince: customerSince.toISOString(),
    timeZone: version.timeZone,
  };
}
