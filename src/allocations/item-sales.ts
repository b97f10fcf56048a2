import type { AttributionService } from '../attribution/index.ts';
import {
  type ContractCoverage,
  findCoverage,
  NoContractInForceError,
  type VersionInForce,
} from '../contracts/index.ts';
import { allocate, ratio } from '../math/allocation/index.ts';
import type { SettlementFacts, SettlementItem } from '../orders/index.ts';
import type { EntityManager } from '../platform/database.ts';
import type { CreditFacts, SplitFacts } from './allocation-facts.ts';
import { decisiveTouchpoint, findCredits } from './sale-credits.ts';

/** The sale of one item with everything that decides its split, save what clauses have counted before it. */
export interface ItemSale {
  readonly order: SettlementFacts;
  readonly item: SettlementItem;
  readonly version: VersionInForce;
  readonly facts: SplitFacts;
}

/**
 * Finds what decides the split of each item: the contract version, the item's part of the provider's fee, and who
 * brought the buyer where the version asks. A fixed number of statements, however many orders.
 *
 * @param orders with all their items, since these share the fee
 * @param settledIds items that are split already and are left out
 * @returns in the order in which they were sold
 * @throws NoContractInForceError for the first item that no contract covers
 */
export async function findItemSales(
  em: EntityManager,
  options: {
    orders: readonly SettlementFacts[];
    settledIds: ReadonlySet<string>;
    attribution: AttributionService;
  },
): Promise<ItemSale[]> {
  const { orders, settledIds } = options;
  const charged = orders
    .toSorted(bySale)
    .flatMap(chargeItems)
    .filter(({ item }) => !settledIds.has(item.id));
  if (charged.length === 0) return [];
  const supplierIds = [...new Set(charged.map(({ item }) => item.ownerPartnerId))];
  const coverage = await findCoverage(em, { supplierIds });
  const covered = charged.map((it) => ({ ...it, orderId: it.order.orderId, version: versionFor(it, coverage) }));
  const creditsOf = await findCredits(em, covered, options.attribution);
  return covered.map(({ order, item, version, feeMinor }) => {
    const credits = creditsOf(order.orderId, version);
    return { order, item, version, facts: factsOf({ order, item, feeMinor, version }, credits) };
  });
}

interface ChargedItem {
  readonly order: SettlementFacts;
  readonly item: SettlementItem;
  readonly feeMinor: bigint;
}

/** The items of an order that have something to split, each with its part of the provider's fee. */
function chargeItems(order: SettlementFacts): ChargedItem[] {
  const fees = shareFee(order);
  return order.items
    .map((item, at) => ({ order, item, feeMinor: fees[at] ?? 0n }))
    .filter(({ item, feeMinor }) => item.listPriceMinor !== 0n || feeMinor !== 0n);
}

function versionFor({ order, item }: ChargedItem, coverage: ContractCoverage): VersionInForce {
  const sale = { ownerPartnerId: item.ownerPartnerId, currency: order.currency, soldAt: order.paidAt };
  const version = coverage.versionAt(sale);
  if (!version) throw new NoContractInForceError(sale);
  return version;
}

/** By price; by head where nothing has a price. */
function shareFee({ items, feeMinor }: SettlementFacts): bigint[] {
  const isFree = items.every(({ priceMinor }) => priceMinor === 0n);
  return allocate(
    feeMinor,
    items.map(({ priceMinor }) => ratio(isFree ? 1n : priceMinor)),
  );
}

function factsOf(
  { order, item, feeMinor, version }: ChargedItem & Pick<ItemSale, 'version'>,
  credits: readonly CreditFacts[],
): SplitFacts {
  const { contentId, domainCode, module, customerSince } = item;
  return {
    ownerPartnerId: item.ownerPartnerId,
    grossMinor: String(item.priceMinor),
    taxMinor: String(item.taxMinor),
    providerFeeMinor: String(feeMinor),
    discountMinor: String(item.discountMinor),
    credits,
    scope: {
      contentId,
      domainCode,
      module,
      ...decisiveTouchpoint(credits),
      soldAt: order.paidAt.toISOString(),
      customerSince: customerSince.toISOString(),
      timeZone: version.timeZone,
    },
  };
}

function bySale(a: SettlementFacts, b: SettlementFacts): number {
  return a.paidAt.getTime() - b.paidAt.getTime() || (a.orderId < b.orderId ? -1 : 1);
}
