import { type CounterKey, counterKeysOf, type VersionInForce } from '../contracts/index.ts';
import type { RoundingRule } from '../math/allocation/index.ts';
import type { CounterFacts, SplitFacts } from './allocation-facts.ts';
import { returnedShares } from './return-item.ts';
import type { ShareDraft } from './share-draft.ts';
import { type Split, type SplitRules, splitItem, termsFor } from './split-item.ts';

/** One counter of all: what a clause of a contract has counted in a window and a currency. */
export interface CounterPlace extends CounterKey {
  readonly contractId: string;
  readonly currency: string;
}

export interface CounterRow extends CounterPlace {
  readonly amountMinor: bigint;
}

/** A split that counts: in the books, or on its way there. */
export interface CountingSplit {
  readonly contractId: string;
  readonly currency: string;
  readonly rounding: RoundingRule;
  readonly facts: SplitFacts;
  readonly shares: readonly ShareDraft[];
}

/** Counters in memory while sales and returns move them one after the other. */
export class CounterBook {
  readonly #rows: Map<string, CounterRow>;

  /** @param rows those that are locked; every other one must not be touched */
  constructor(rows: readonly CounterRow[]) {
    this.#rows = new Map(rows.map((row) => [nameOf(row), row]));
  }

  amountOf(place: CounterPlace): bigint {
    return this.#rows.get(nameOf(place))?.amountMinor ?? 0n;
  }

  /** Counts a split as it stands when so much of it has been given back, in place of what it was counted as before. */
  count(split: CountingSplit, { before, after }: { before: bigint | null; after: bigint | null }): void {
    const { contractId, currency, facts } = split;
    const [was, is] = [countedBy(split, before), countedBy(split, after)];
    for (const [at, key] of (facts.counters ?? []).entries()) {
      const place = { ...key, contractId, currency };
      this.#set(place, this.amountOf(place) + (is[at] ?? 0n) - (was[at] ?? 0n));
    }
  }

  rows(): CounterRow[] {
    return [...this.#rows.values()];
  }

  #set({ contractId, currency, kind, clause, subject, window }: CounterPlace, amountMinor: bigint): void {
    const place = { contractId, currency, kind, clause, subject, window };
    this.#rows.set(nameOf(place), { ...place, amountMinor });
  }
}

/** Whether a clause of the version counts anything over sales. */
export function hasCounters({ terms }: Pick<VersionInForce, 'terms'>): boolean {
  return terms.some(
    ({ kind, capWindow }) => kind === 'TIERED' || kind === 'ADVANCE' || (capWindow !== null && capWindow !== 'SALE'),
  );
}

/** The counters that a sale moves, with nothing counted yet. None of a version that counts nothing. */
export function countersOf(
  facts: SplitFacts,
  rules: SplitRules & { version: Pick<VersionInForce, 'timeZone'> },
): CounterFacts[] {
  const { scope, ownerPartnerId } = facts;
  if (!scope || !hasCounters(rules.version)) return [];
  const sale = { ownerPartnerId, at: new Date(scope.soldAt), timeZone: rules.version.timeZone };
  return termsFor(facts, rules).flatMap((term) =>
    counterKeysOf(term, sale).map((key) => ({ termId: term.id, ...key, beforeMinor: '0', addedMinor: '0' })),
  );
}

/**
 * Splits a sale after what the book has counted so far, and counts it.
 *
 * @param counters as `countersOf` gives them for the sale
 */
export function splitAndCount(
  facts: SplitFacts,
  rules: SplitRules & { version: VersionInForce },
  { book, counters }: { book: CounterBook; counters: readonly CounterFacts[] },
): Split & { readonly facts: SplitFacts } {
  const { currency, version } = rules;
  const { contractId, rounding } = version;
  const before = counters.map((counter) => {
    return { ...counter, beforeMinor: String(book.amountOf({ ...counter, contractId, currency })) };
  });
  const split = splitItem(before.length === 0 ? facts : { ...facts, counters: before }, rules);
  const counted = before.length === 0 ? facts : { ...facts, counters: split.counters };
  const { shares } = split;
  book.count({ contractId, currency, rounding, facts: counted, shares }, { before: null, after: 0n });
  return { ...split, facts: counted };
}

/**
 * What a split counts in each of its counters once so much of it was given back: of a share what its party kept, and of
 * a basis the part that was not returned, rounded up.
 *
 * @param returnedMinor null for a split that does not count at all, as before it is made
 */
function countedBy({ facts, shares, rounding }: CountingSplit, returnedMinor: bigint | null): bigint[] {
  const { counters = [], grossMinor } = facts;
  if (returnedMinor === null || counters.length === 0) return [];
  const returned = returnedShares(shares, { returnedMinor, rounding });
  return counters.map(({ kind, termId, addedMinor }) => {
    const added = BigInt(addedMinor);
    if (returnedMinor === 0n) return added;
    if (kind === 'COUNTED') return added - (added * returnedMinor) / BigInt(grossMinor);
    return shares.reduce((kept, share, at) => {
      return share.termId === termId && share.amountMinor > 0n ? kept - (returned[at] ?? 0n) : kept;
    }, added);
  });
}

function nameOf({ contractId, currency, kind, clause, subject, window }: CounterPlace): string {
  return JSON.stringify([contractId, currency, clause, subject, window, kind]);
}
