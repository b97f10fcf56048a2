import type { AttributionService } from '../attribution/index.ts';
import type { LedgerService } from '../ledger/index.ts';
import type { PartnerAccountService } from '../partner-accounts/index.ts';
import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { AllocationStore } from './allocation-store.ts';
import { lockOrders } from './locks.queries.ts';
import { Reallocation } from './reallocation.ts';
import { settleReturns } from './return-settlement.ts';
import { SaleQueue } from './sale-queue.ts';
import { settleSales } from './sale-settlement.ts';
import { findOrdersOfReturns, type ReturnSources } from './settled-returns.queries.ts';
import { findUnsettledOrderIds, findUnsettledReturns } from './unsettled.queries.ts';

/** Looked for at once; the next look finds the others. */
const MOST_UNSETTLED = 1_000;

/** What a settlement did. */
export interface Settlement {
  /** Allocations that are new; zero when everything was in the books already. */
  readonly allocations: number;
}

interface Collaborators {
  readonly ledger: LedgerService;
  readonly partnerAccounts: PartnerAccountService;
  readonly attribution: AttributionService;
}

/** Splits sales among their parties, takes back what goes back, and puts both into the books. */
export class AllocationService {
  readonly #platform: Platform;
  readonly #with: Collaborators;
  readonly #store: AllocationStore;
  readonly #reallocation: Reallocation;
  readonly #saleQueue = new SaleQueue((orderIds) => this.settleSales(orderIds));

  constructor(platform: Platform, collaborators: Collaborators) {
    this.#platform = platform;
    this.#with = collaborators;
    this.#store = new AllocationStore(platform, collaborators.partnerAccounts);
    this.#reallocation = new Reallocation(platform, { store: this.#store, attribution: collaborators.attribution });
  }

  /**
   * Splits every item of paid orders by the contract in force when it was sold, all in one transaction and by a fixed
   * number of statements. What is split already stays as it is, so that doing it again changes nothing.
   *
   * @throws NoContractInForceError when no contract covers an item; nothing is settled then, and can be later
   */
  settleSales(orderIds: readonly string[]): Promise<Settlement> {
    return this.#platform.database.transaction(async (em) => {
      return { allocations: await this.#settleSales(em, orderIds) };
    });
  }

  /**
   * As `settleSales`, for one order. Those that are asked for at the same time share a transaction.
   *
   * @throws NoContractInForceError when no contract covers an item of this order
   */
  settleSale(orderId: string): Promise<void> {
    return this.#saleQueue.add(orderId);
  }

  /**
   * Takes back from the parties of sales what refunds returned to the buyers: everything that went back for the orders
   * of these, or came again, and is not in the books yet. Sales that are not in the books are split first. Doing it
   * again changes nothing.
   *
   * @throws NoContractInForceError; nothing is settled then
   */
  settleRefunds(refundIds: readonly string[]): Promise<Settlement> {
    return this.#settleReturns({ refundIds, chargebackIds: [] });
  }

  /** As `settleRefunds`, for chargebacks that were opened or won. */
  settleChargebacks(chargebackIds: readonly string[]): Promise<Settlement> {
    return this.#settleReturns({ refundIds: [], chargebackIds });
  }

  /**
   * Splits the sales of a contract anew that, as is known by now, were not split by the version that held when they were
   * sold, and posts the differences. Doing it again changes nothing.
   */
  async reallocate(contractId: string): Promise<Settlement> {
    return { allocations: await this.#reallocation.reallocate(contractId) };
  }

  /**
   * What was paid, or paid back, and is not in the books: its job was given up, mostly for want of a contract that has
   * been signed since.
   */
  async findUnsettled(): Promise<{ orderIds: string[]; refundIds: string[]; chargebackIds: string[] }> {
    const { database } = this.#platform;
    const orderIds = await findUnsettledOrderIds(database, MOST_UNSETTLED);
    return { orderIds, ...(await findUnsettledReturns(database, MOST_UNSETTLED)) };
  }

  #settleReturns(sources: ReturnSources): Promise<Settlement> {
    return this.#platform.database.transaction(async (em) => {
      const orderIds = await findOrdersOfReturns(em, sources);
      await this.#settleSales(em, orderIds);
      const options = { store: this.#store, ledger: this.#with.ledger, settledAt: this.#platform.clock.now() };
      return { allocations: await settleReturns(em, orderIds, options) };
    });
  }

  /** Locks the orders, and settles those of their sales that are not in the books. */
  async #settleSales(em: EntityManager, orderIds: readonly string[]): Promise<number> {
    const settledIds = await lockOrders(em, orderIds);
    const { attribution } = this.#with;
    return settleSales(em, orderIds, { settledIds, store: this.#store, attribution });
  }
}
