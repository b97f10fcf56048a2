import type { AttributionService, OrderCredit } from '../attribution/index.ts';
import {
  type ContractCoverage,
  findCoverage,
  NoContractInForceError,
  type VersionInForce,
} from '../contracts/index.ts';
import { allocate, formatRatio, ratio } from '../math/allocation/index.ts';
import type { SettlementFacts, SettlementItem } from '../orders/index.ts';
import type { EntityManager } from '../platform/database.ts';
import type { CreditFacts, SaleAllocationFacts } from './allocation.entity.ts';

/** The sale of one item with everything that decides its split. */
export interface ItemSale {
  readonly order: SettlementFacts;
  readonly item: SettlementItem;
  readonly version: VersionInForce;
  readonly facts: SaleAllocationFacts;
}

/**
 * Finds what decides the split of each item: the contract version, the item's part of the provider's fee, and the
 * attribution credits where a campaign pool wants them. A fixed number of statements, however many orders.
 *
 * @param orders with all their items, since these share the fee
 * @param settledIds items that are split already and are left out
 * @param knownAt contracts and events that became known later do not count
 * @throws NoContractInForceError for the first item that no contract covers
 */
export async function findItemSales(
  em: EntityManager,
  options: {
    orders: readonly SettlementFacts[];
    settledIds: ReadonlySet<string>;
    knownAt: Date;
    attribution: AttributionService;
  },
): Promise<ItemSale[]> {
  const { orders, settledIds, knownAt, attribution } = options;
  const charged = orders.flatMap(chargeItems).filter(({ item }) => !settledIds.has(item.id));
  const supplierIds = [...new Set(charged.map(({ item }) => item.ownerPartnerId))];
  const coverage = await findCoverage(em, { supplierIds, knownAt });
  const covered = charged.map((it) => ({ ...it, version: versionFor(it, coverage) }));
  const creditsOf = await findCredits(em, { covered, knownAt, attribution });
  return covered.map(({ order, item, version, feeMinor }) => ({
    order,
    item,
    version,
    facts: {
      kind: 'SALE',
      provider: order.provider,
      ownerPartnerId: item.ownerPartnerId,
      grossMinor: String(item.priceMinor),
      taxMinor: '0',
      providerFeeMinor: String(feeMinor),
      credits: hasPool(version) ? (creditsOf(order.orderId, version.poolModel) ?? []).map(toFacts) : [],
    },
  }));
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
    .filter(({ item, feeMinor }) => item.priceMinor !== 0n || feeMinor !== 0n);
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

function hasPool({ terms }: VersionInForce): boolean {
  return terms.some(({ beneficiary }) => beneficiary === 'CAMPAIGN_POOL');
}

/** One question a pool model. */
async function findCredits(
  em: EntityManager,
  options: {
    covered: readonly (ChargedItem & { version: VersionInForce })[];
    knownAt: Date;
    attribution: AttributionService;
  },
): Promise<(orderId: string, model: VersionInForce['poolModel']) => readonly OrderCredit[] | undefined> {
  const { covered, knownAt, attribution } = options;
  const byModel = Map.groupBy(
    covered.filter(({ version }) => hasPool(version)),
    ({ version }) => version.poolModel,
  );
  const credits = new Map<string, Map<string, OrderCredit[]>>();
  for (const [model, items] of byModel) {
    const orderIds = [...new Set(items.map(({ order }) => order.orderId))];
    credits.set(model, await attribution.creditsForOrders(em, { orderIds, model, knownAt }));
  }
  return (orderId, model) => credits.get(model)?.get(orderId);
}

function toFacts({ touchpointId, partnerId, campaignId, channel, credit }: OrderCredit): CreditFacts {
  return { touchpointId, partnerId, campaignId, channel, credit: formatRatio(credit) };
}
