import type { AttributionService } from '../attribution/index.ts';
import { type ContractTables, findVersionsWithTerms } from '../contracts/index.ts';
import { findRefundFacts, findSettlementFacts, type RefundFacts } from '../orders/index.ts';
import type { PartnerAccountService } from '../partner-accounts/index.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { invariant, present } from '../shared/invariant.ts';
import { monthOf } from '../shared/month.ts';
import type { AllocationFacts } from './allocation.entity.ts';
import {
  findRefundedAmounts,
  findSaleAllocations,
  findSettledItems,
  findSettledRefunds,
  findShares,
  insertAllocations,
  insertShares,
  lockOrders,
} from './allocation.queries.ts';
import { type AllocationDraft, entryOf, postingsOfShares } from './allocation-entry.ts';
import { type ItemRefund, itemRefunds, type SoldItem } from './item-refunds.ts';
import { findItemSales, type ItemSale } from './item-sales.ts';
import { returnItem, splitItem } from './split-item.ts';
import { findUnsettledOrderIds, findUnsettledRefundIds } from './unsettled.queries.ts';

/** Looked for at once; the next look finds the others. */
const MOST_UNSETTLED = 1_000;

/** What a settlement did. */
export interface Settlement {
  /** Allocations that are new; zero when everything was in the books already. */
  readonly allocations: number;
}

/** A draft with what it is stored with. */
interface StorableDraft extends AllocationDraft {
  readonly contractVersionId: string;
  readonly timeZone: string;
  readonly facts: AllocationFacts;
}

/** Splits sales and refunds among their parties, and puts them into the books. */
export class AllocationService {
  readonly #platform: Platform;
  readonly #partnerAccounts: PartnerAccountService;
  readonly #attribution: AttributionService;

  constructor(
    platform: Platform,
    domains: { partnerAccounts: PartnerAccountService; attribution: AttributionService },
  ) {
    this.#platform = platform;
    this.#partnerAccounts = domains.partnerAccounts;
    this.#attribution = domains.attribution;
  }

  /**
   * Splits every item of paid orders by the contract in force when it was sold, all in one transaction and by a fixed
   * number of statements. What is split already stays as it is, so that doing it again changes nothing.
   *
   * @throws NoContractInForceError when no contract covers an item; nothing is settled then, and can be later
   */
  settleSales(orderIds: readonly string[]): Promise<Settlement> {
    return this.#platform.database.transaction(async (em) => {
      await lockOrders(em, orderIds);
      return { allocations: await this.#settleSales(em, orderIds) };
    });
  }

  /**
   * Takes back, for refunds that were paid, what their sales gave to each party; sales that are not in the books yet
   * are split first. What is taken back already stays as it is.
   *
   * @throws RefundExceedsSaleError, NoContractInForceError; nothing is settled then
   */
  settleRefunds(refundIds: readonly string[]): Promise<Settlement> {
    return this.#platform.database.transaction(async (em) => {
      const refunds = await findRefundFacts(em, refundIds);
      invariant(refunds.length === new Set(refundIds).size, 'refunds are settled once they are paid back');
      const orderIds = [...new Set(refunds.map(({ orderId }) => orderId))];
      await lockOrders(em, orderIds);
      await this.#settleSales(em, orderIds);
      const settledIds = await findSettledRefunds(em, refundIds);
      const open = refunds.filter(({ refundId }) => !settledIds.has(refundId));
      return { allocations: await this.#settleRefunds(em, open) };
    });
  }

  /**
   * What was paid, or paid back, and is not in the books: its job was given up, mostly for want of a contract that has
   * been signed since.
   */
  async findUnsettled(): Promise<{ orderIds: string[]; refundIds: string[] }> {
    const { database } = this.#platform;
    const orderIds = await findUnsettledOrderIds(database, MOST_UNSETTLED);
    return { orderIds, refundIds: await findUnsettledRefundIds(database, MOST_UNSETTLED) };
  }

  async #settleSales(em: EntityManager, orderIds: readonly string[]): Promise<number> {
    const orders = await findSettlementFacts(em, orderIds);
    invariant(orders.length === new Set(orderIds).size, 'sales are settled once they are paid');
    const itemIds = orders.flatMap(({ items }) => items.map(({ id }) => id));
    const settledIds = await findSettledItems(em, itemIds);
    const knownAt = this.#platform.clock.now();
    const sales = await findItemSales(em, { orders, settledIds, knownAt, attribution: this.#attribution });
    return this.#store(em, sales.map(draftOfSale));
  }

  async #settleRefunds(em: EntityManager, refunds: readonly RefundFacts[]): Promise<number> {
    const refundsOf = Map.groupBy(refunds.toSorted(byPayment), ({ orderId }) => orderId);
    const orderIds = [...refundsOf.keys()];
    const soldOf = await findSoldItems(em, orderIds);
    const refundedMinor = await findRefundedAmounts(em, orderIds);
    const made = [...refundsOf].flatMap(([orderId, ofOrder]) =>
      itemRefunds(soldOf.get(orderId) ?? [], { refunds: ofOrder, refundedMinor }),
    );
    return this.#store(em, made.map(draftOfRefund));
  }

  /** Posts and stores, in that order, since each share says where it was posted. */
  async #store(em: EntityManager, drafts: readonly StorableDraft[]): Promise<number> {
    const { ids, clock } = this.#platform;
    const placed = drafts.map((draft) => {
      const shares = draft.shares.map((share) => ({ ...share, id: ids.next() }));
      return { ...draft, shares, id: ids.next(), period: monthOf(draft.effectiveAt, draft.timeZone) };
    });
    const posted = await this.#partnerAccounts.post(em, placed.map(entryOf));
    const createdAt = clock.now();
    const stored = placed.map((draft, at) => {
      const { transactionId, postingIds, isNew } = present(posted[at], 'the answer to an entry');
      invariant(isNew, 'an allocation and its entry are stored together or not at all');
      return { draft, row: { ...draft, ledgerTransactionId: transactionId, createdAt }, postingIds };
    });
    await insertAllocations(
      em,
      stored.map(({ row }) => row),
    );
    const shares = stored.flatMap(({ draft, postingIds }) => {
      const postingIdOf = postingsOfShares(draft, postingIds);
      return draft.shares.map((share, position) => {
        return { ...share, allocationId: draft.id, position, postingId: postingIdOf[position] ?? null };
      });
    });
    await insertShares(em, shares);
    return stored.length;
  }
}

function draftOfSale({ order, item, version, facts }: ItemSale): StorableDraft {
  return {
    kind: 'SALE',
    orderItemId: item.id,
    refundId: null,
    amountMinor: item.priceMinor,
    currency: order.currency,
    provider: order.provider,
    effectiveAt: order.paidAt,
    shares: splitItem(facts, version),
    contractVersionId: version.id,
    timeZone: version.timeZone,
    facts,
  };
}

function draftOfRefund({ refund, sold, returnedMinor, facts }: ItemRefund): StorableDraft {
  const { sale, shares, version } = sold;
  return {
    kind: 'REFUND',
    orderItemId: sale.orderItemId,
    refundId: refund.refundId,
    amountMinor: -returnedMinor,
    currency: sale.currency,
    provider: facts.provider,
    effectiveAt: refund.settledAt,
    shares: returnItem(facts, { sale: shares, rules: version }),
    contractVersionId: version.id,
    timeZone: version.timeZone,
    facts,
  };
}

/** The items of orders as their sales stand in the books, by order. */
async function findSoldItems(em: EntityManager, orderIds: readonly string[]): Promise<Map<string, SoldItem[]>> {
  const sales = await findSaleAllocations(em, orderIds);
  const ids = sales.map(({ id }) => id);
  const sharesOf = Map.groupBy(await findShares(rowsOf(em), ids), ({ allocationId }) => allocationId);
  const versionIds = [...new Set(sales.map(({ contractVersionId }) => contractVersionId))];
  const versions = await findVersionsWithTerms(rowsOf<ContractTables>(em), versionIds);
  const versionById = new Map(versions.map((version) => [version.id, version]));
  const sold = sales.map((sale) => ({
    orderId: sale.orderId,
    sale,
    shares: sharesOf.get(sale.id) ?? [],
    version: present(versionById.get(sale.contractVersionId), 'the version of an allocation'),
  }));
  return Map.groupBy(sold, ({ orderId }) => orderId);
}

function byPayment(a: RefundFacts, b: RefundFacts): number {
  return a.settledAt.getTime() - b.settledAt.getTime() || (a.refundId < b.refundId ? -1 : 1);
}
