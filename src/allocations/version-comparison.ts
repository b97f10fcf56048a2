import type { AttributionService } from '../attribution/index.ts';
import {
  type ContractTables,
  findPartiesOfContracts,
  findVersionsOfContracts,
  findVersionsWithTerms,
  findVisibleContract,
} from '../contracts/index.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, partnerScope, requireUser } from '../shared/actor.ts';
import { ForbiddenError, InvalidInputError } from '../shared/domain-error.ts';
import { present } from '../shared/invariant.ts';
import { type Month, requireMonth } from '../shared/month.ts';
import type { StorableDraft } from './allocation-drafts.ts';
import type { ShareParty } from './allocation-share.entity.ts';
import type { BookedOrderItem } from './booked-items.queries.ts';
import { readCountersOfContract } from './counter.queries.ts';
import { findFactsAnew } from './facts-anew.ts';
import { findHistory, type MonthOfSales, measureMonth } from './history.queries.ts';
import { replay } from './replay.ts';
import { returnedShares } from './return-item.ts';

/** What a party keeps of sales, less what was given back: as they stand, and as another version would split them. */
export interface PartyComparison {
  readonly party: ShareParty;
  readonly partnerId: string | null;
  readonly currency: string;
  readonly standingMinor: bigint;
  readonly proposedMinor: bigint;
}

/** One sale under both versions. */
export interface ComparedSale {
  readonly orderItemId: string;
  readonly soldAt: Date;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** The version that splits it as it stands. */
  readonly standingVersion: number;
  readonly parties: readonly PartyComparison[];
}

export interface VersionComparison {
  readonly contractId: string;
  readonly versionNumber: number;
  readonly period: Month;
  /** In the order in which they were booked. */
  readonly sales: readonly ComparedSale[];
  readonly totals: readonly PartyComparison[];
}

export interface ComparisonQuestion {
  readonly contractId: string;
  /** Any version of the contract, also one that nobody has signed. */
  readonly versionNumber: number;
  /** A month, as the contract counts it. */
  readonly period: string;
}

/** From the first sale of the month on, since clauses may count over months. All are gone through for one answer. */
const MOST_SALES = 20_000;

/** Who reads what partners earned, as on their statements: a viewer sees the contract alone. */
const READERS = { memberRoles: ['OWNER', 'MANAGER', 'FINANCE'], staffRoles: ['FINANCE', 'ADMIN'] } as const;

/** Says what the sales of a past month would have given to whom under another version. */
export class VersionComparer {
  readonly #platform: Platform;
  readonly #attribution: AttributionService;

  constructor(platform: Platform, attribution: AttributionService) {
    this.#platform = platform;
    this.#attribution = attribution;
  }

  /**
   * Replays the booked sales of a month under a version, by the code that splits and reallocates them, from what clauses
   * had counted before. Nothing is written.
   *
   * @returns what finance and admins may see of all parties, and others of their own partners
   * @throws UnauthenticatedError, ForbiddenError unless the actor is finance staff, an admin, or may read what a party earns
   * @throws InvalidInputError when there is no such version or month, or more sales than can be gone through
   */
  async compare(actor: Actor, question: ComparisonQuestion): Promise<VersionComparison> {
    if (actor.kind !== 'SYSTEM') requireUser(actor);
    const { contractId, versionNumber } = question;
    const period = requireMonth('period', question.period);
    const { database } = this.#platform;
    const scope = await this.#requireReader(actor, contractId);
    const versions = await findVersionsOfContracts(database, [contractId]);
    const chosen = versions.find(({ number }) => number === versionNumber);
    if (!chosen) throw new InvalidInputError('versionNumber', 'The contract has no such version.');
    const sales = await database.snapshot((em) => this.#replay(em, { contractId, versionId: chosen.id, period }));
    const isVisible = ({ partnerId }: PartyComparison) => scope === 'ALL' || scope.includes(partnerId ?? '');
    const visible = sales.map((sale) => ({ ...sale, parties: sale.parties.filter(isVisible) }));
    return {
      contractId,
      versionNumber,
      period,
      sales: visible,
      totals: sumUp(visible.flatMap((sale) => sale.parties)),
    };
  }

  /** @returns the partners whose part the actor reads @throws ForbiddenError when none of them is a party */
  async #requireReader(actor: Actor, contractId: string): Promise<'ALL' | readonly string[]> {
    const { database } = this.#platform;
    if (!(await findVisibleContract(database, actor, contractId))) throw new ForbiddenError();
    const scope = partnerScope(actor, READERS);
    const parties = await findPartiesOfContracts(database, [contractId]);
    const isReader = scope === 'ALL' || parties.some(({ partnerId }) => scope.includes(partnerId));
    if (!isReader) throw new ForbiddenError();
    return scope;
  }

  async #replay(
    em: EntityManager,
    { contractId, versionId, period }: { contractId: string; versionId: string; period: Month },
  ): Promise<ComparedSale[]> {
    const [version] = await findVersionsWithTerms(rowsOf<ContractTables>(em), [versionId]);
    const proposed = present(version, 'a version that was just found');
    const month = await measureMonth(em, { contractId, period });
    if (month.first === null) return [];
    assertComparable(period, month);
    const history = await findHistory(em, { contractId, from: month.first });
    const items = history.items.filter(({ allocation }) => allocation.period === period);
    const under = items.map((item) => ({ item, version: proposed }));
    const factsOf = await findFactsAnew(em, under, this.#attribution);
    const isAsked = new Set(items);
    const book = await readCountersOfContract(em, contractId);
    const drafts = replay(history, {
      book,
      splitAnew: (item) => (isAsked.has(item) ? { version: proposed, facts: factsOf(item) } : null),
    });
    const draftOf = new Map(drafts.map((draft) => [draft.orderItemId, draft]));
    return items
      .toSorted((a, b) => (a.sequence < b.sequence ? -1 : 1))
      .map((item) => compareSale(item, draftOf.get(item.allocation.orderItemId)));
  }
}

function assertComparable(period: Month, { salesSince }: MonthOfSales): void {
  if (salesSince <= BigInt(MOST_SALES)) return;
  const limit = `At most ${MOST_SALES} sales can be gone through; from ${period} on there are ${salesSince}.`;
  throw new InvalidInputError('period', limit);
}

/** @param draft the reallocation that the other version would make; none where it gives the same */
function compareSale(item: BookedOrderItem, draft: StorableDraft | undefined): ComparedSale {
  const { allocation, shares, version, returnedMinor } = item;
  const { currency } = allocation;
  const returned = returnedShares(shares, { returnedMinor, rounding: version.rounding });
  const standing = shares.map(({ party, partnerId, amountMinor }, at): PartyComparison => {
    const keptMinor = amountMinor - (returned[at] ?? 0n);
    return { party, partnerId, currency, standingMinor: keptMinor, proposedMinor: keptMinor };
  });
  const differences = (draft?.shares ?? []).map(({ party, partnerId, postedMinor }): PartyComparison => {
    return { party, partnerId, currency, standingMinor: 0n, proposedMinor: postedMinor };
  });
  return {
    orderItemId: allocation.orderItemId,
    soldAt: allocation.effectiveAt,
    amountMinor: allocation.amountMinor,
    currency,
    standingVersion: version.number,
    parties: sumUp([...standing, ...differences]),
  };
}

/** One line a party and currency, in the order in which they first appear. */
function sumUp(lines: readonly PartyComparison[]): PartyComparison[] {
  const sums = new Map<string, PartyComparison>();
  for (const line of lines) {
    const name = `${line.party} ${line.partnerId} ${line.currency}`;
    const sum = sums.get(name);
    const standingMinor = (sum?.standingMinor ?? 0n) + line.standingMinor;
    sums.set(name, { ...line, standingMinor, proposedMinor: (sum?.proposedMinor ?? 0n) + line.proposedMinor });
  }
  return [...sums.values()];
}
