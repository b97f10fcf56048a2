import type { AttributionService } from '../attribution/index.ts';
import { type ContractTables, findCoverage, findVersionsWithTerms, type VersionInForce } from '../contracts/index.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import type { Platform } from '../platform/platform.ts';
import type { StorableDraft } from './allocation-drafts.ts';
import type { SplitFacts } from './allocation-facts.ts';
import type { AllocationStore } from './allocation-store.ts';
import { type BookedOrderItem, findBookedItems } from './booked-items.queries.ts';
import { countingSplitOf } from './counted-items.ts';
import { lockCountersOfContract, saveCounters } from './counter.queries.ts';
import { CounterBook, hasCounters } from './counter-book.ts';
import { findFactsAnew, type ItemUnderVersion } from './facts-anew.ts';
import { findHistory } from './history.queries.ts';
import { lockOrders, lockSuppliers } from './locks.queries.ts';
import { findOrdersOfItems, findOutdatedItems, findReallocatedContract } from './reallocation.queries.ts';
import { replay, type SplitAnew } from './replay.ts';

/** Items of one transaction, where nothing is counted. */
const CHUNK = 200;

interface Collaborators {
  readonly store: AllocationStore;
  readonly attribution: AttributionService;
}

/** Splits sales anew that were split by a version which, as is known by now, did not hold when they were sold. */
export class Reallocation {
  readonly #platform: Platform;
  readonly #with: Collaborators;

  constructor(platform: Platform, collaborators: Collaborators) {
    this.#platform = platform;
    this.#with = collaborators;
  }

  /**
   * Reallocates all sales of a contract. Where a clause of any version counts what is sold, each split depends on those
   * before it, and all is done in one transaction that nobody books a sale of the suppliers beside. Where none does, it
   * is done in chunks. Either way a crash leaves nothing half done, and a second run finds nothing to do.
   *
   * @returns the number of allocations that are new
   */
  async reallocate(contractId: string): Promise<number> {
    const { database } = this.#platform;
    const contract = await database.transaction(async (em) => {
      const found = await findReallocatedContract(em, contractId);
      // Whoever settles a sale by what was known before the version was signed is let through first.
      await lockSuppliers(em, found.supplierIds);
      const versions = await findVersionsWithTerms(rowsOf<ContractTables>(em), found.versionIds);
      return { ...found, contractId, versions };
    });
    if (contract.versions.some(hasCounters)) {
      return database.transaction((em) => this.#replay(em, contract));
    }
    return this.#reallocateInChunks(contractId);
  }

  /**
   * Splits items anew by the version that held when they were sold, as known now, within the caller's transaction. An
   * item that stands by that version stays as it is, and so does one whose contract counts what is sold.
   *
   * @returns the number of allocations that are new
   */
  async reallocateItems(em: EntityManager, orderItemIds: readonly string[]): Promise<number> {
    await lockOrders(em, await findOrdersOfItems(em, orderItemIds));
    const items = await findBookedItems(em, isAnyOf('item.id', orderItemIds));
    const outdated = (await versionsInForce(em, items)).filter(
      ({ item, version }) => version.id !== item.version.id && !hasCounters(version) && !hasCounters(item.version),
    );
    const factsOf = await this.#factsAnew(em, outdated);
    const versionOf = new Map(outdated.map(({ item, version }) => [item, version]));
    const history = { items: outdated.map(({ item }) => item), returns: [], from: 0n };
    return this.#with.store.store(
      em,
      replay(history, { book: new CounterBook([]), splitAnew: anew(versionOf, factsOf) }),
    );
  }

  async #reallocateInChunks(contractId: string): Promise<number> {
    let made = 0;
    let after = 0n;
    for (;;) {
      const chunk = await this.#platform.database.transaction(async (em) => {
        const items = await findOutdatedItems(em, { contractId, after, limit: CHUNK });
        const ids = items.map(({ orderItemId }) => orderItemId);
        return { last: items.at(-1), made: ids.length === 0 ? 0 : await this.reallocateItems(em, ids) };
      });
      if (!chunk.last) return made;
      made += chunk.made;
      after = chunk.last.sequence;
    }
  }

  async #replay(
    em: EntityManager,
    { contractId, supplierIds }: { contractId: string; supplierIds: readonly string[] },
  ): Promise<number> {
    await lockSuppliers(em, supplierIds);
    const [first] = await findOutdatedItems(em, { contractId, after: 0n, limit: 1 });
    if (!first) return 0;
    const history = await findHistory(em, { contractId, from: first.sequence });
    const covered = await versionsInForce(em, history.items);
    const factsOf = await this.#factsAnew(em, covered);
    const versionOf = new Map(covered.map(({ item, version }) => [item, version]));
    const book = await lockCountersOfContract(em, contractId);
    const drafts = replay(history, { book, splitAnew: anew(versionOf, factsOf) });
    await this.#storeAll(em, drafts);
    await saveCounters(em, book);
    return drafts.length;
  }

  async #storeAll(em: EntityManager, drafts: readonly StorableDraft[]): Promise<void> {
    for (let from = 0; from < drafts.length; from += CHUNK) {
      await this.#with.store.store(em, drafts.slice(from, from + CHUNK));
    }
  }

  #factsAnew(em: EntityManager, items: readonly ItemUnderVersion[]) {
    return findFactsAnew(em, items, this.#with.attribution);
  }
}

/**
 * The version that splits each item, of the contract that has split it. An item that none splits is left out. Every
 * version counts that is signed, whatever the clocks of the machine that signed it and of ours say.
 */
async function versionsInForce(em: EntityManager, items: readonly BookedOrderItem[]): Promise<ItemUnderVersion[]> {
  const ownerOf = (item: BookedOrderItem) => countingSplitOf(item).facts.ownerPartnerId;
  const supplierIds = [...new Set(items.map(ownerOf))];
  const coverage = await findCoverage(em, { supplierIds });
  return items.flatMap((item) => {
    const { currency, effectiveAt: soldAt } = item.allocation;
    const version = coverage.versionAt({ ownerPartnerId: ownerOf(item), currency, soldAt });
    return version?.contractId === item.version.contractId ? [{ item, version }] : [];
  });
}

function anew(
  versionOf: ReadonlyMap<BookedOrderItem, VersionInForce>,
  factsOf: (item: BookedOrderItem) => SplitFacts,
): SplitAnew {
  return (item) => {
    const version = versionOf.get(item);
    return version ? { version, facts: factsOf(item) } : null;
  };
}
