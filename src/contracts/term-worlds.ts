import { AllocationInputError, assertWaterfall } from '../math/allocation/index.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { AmbiguousTermsError } from './contract.errors.ts';
import type { TermScope, TermWords } from './term-row.ts';
import { canMeet, implies, isWithin, mostSpecific, NAMED_CONDITIONS, slotOf, unionOf } from './term-scope.ts';
import { waterfallOf } from './term-waterfall.ts';

/** More ways than this in which scopes combine are for nobody to read. */
const MAX_WORLDS = 1_000;

/** A clause with its place in the contract, before or after it has an id. */
export type PlacedTerm = TermWords & { readonly position: number; readonly id?: string };

/** Supplier of the content in a sale that only the check knows of. */
const ANY_OWNER = 'owner';

/**
 * Checks what clauses mean together, in every kind of sale that tells them apart: one that meets no scope, one that
 * meets one, one that meets several at once.
 *
 * @throws InvalidInputError whose field is the path of what is wrong: `terms.2.tiers.0.percent`
 * @throws AmbiguousTermsError when two terms of a slot can meet in one sale and nothing says which of them applies
 */
export function assertTermsTogether(terms: readonly PlacedTerm[]): void {
  assertUnambiguous(terms);
  const ofSales = terms.filter(({ kind }) => kind !== 'MINIMUM_GUARANTEE');
  for (const world of worldsOf(ofSales)) assertWorld(mostSpecific(ofSales.filter((term) => isWithin(world, term))));
}

/** @throws AmbiguousTermsError for the first two in the order of the contract */
function assertUnambiguous(terms: readonly PlacedTerm[]): void {
  for (const rivals of Map.groupBy(terms, slotOf).values()) {
    for (const [at, one] of rivals.entries()) {
      const other = rivals.slice(at + 1).find((later) => canMeet(one, later) && !isDecided(one, later, rivals));
      if (other) throw new AmbiguousTermsError(one, other);
    }
  }
}

/**
 * Whether one of two terms that meet is the more specific, or a third term speaks for the sales of both. Of guarantees,
 * which no single sale calls for, each would have to be kept.
 */
function isDecided(one: TermWords, other: TermWords, rivals: readonly TermScope[]): boolean {
  if (one.kind === 'MINIMUM_GUARANTEE') return false;
  if (implies(one, other) !== implies(other, one)) return true;
  if (implies(one, other)) return false;
  const both = unionOf(one, other);
  return rivals.some((third) => isWithin(both, third) && implies(third, one) && implies(third, other));
}

/**
 * Every combination of scopes that a sale can meet, each as the conditions that it then fulfils.
 *
 * @throws InvalidInputError when there are too many
 */
function worldsOf(scopes: readonly TermScope[]): TermScope[] {
  const worlds = new Map<string, TermScope>([[keyOf(UNSCOPED), UNSCOPED]]);
  for (const scope of scopes) {
    for (const world of [...worlds.values()]) {
      if (!canMeet(world, scope)) continue;
      const both = unionOf(world, scope);
      worlds.set(keyOf(both), both);
    }
    if (worlds.size > MAX_WORLDS) {
      throw new InvalidInputError('terms', `The scopes combine in more than ${MAX_WORLDS} ways: use fewer.`);
    }
  }
  return [...worlds.values()];
}

const UNSCOPED: TermScope = {
  contentId: null,
  domainCode: null,
  module: null,
  campaignId: null,
  channel: null,
  currency: null,
  maxMonths: null,
};

function keyOf(scope: TermScope): string {
  return JSON.stringify([...NAMED_CONDITIONS.map((condition) => scope[condition]), scope.maxMonths]);
}

/** What one sale's clauses mean is for the kernel to say; the ids only serve its check. */
function assertWorld(terms: readonly PlacedTerm[]): void {
  const named = terms.map((term) => ({ ...term, id: String(term.position) }));
  try {
    assertWaterfall(waterfallOf(named, { ownerPartnerId: ANY_OWNER, counters: new Map() }));
  } catch (error) {
    if (error instanceof AllocationInputError) throw new InvalidInputError(pathIn(terms, error.path), error.message);
    throw error;
  }
}

/** The kernel counts within the world and has its own word for where a tier begins. */
function pathIn(world: readonly PlacedTerm[], path: string): string {
  return path
    .replace(/^terms\.(\d+)/, (_, at: string) => `terms.${world[Number(at)]?.position ?? at}`)
    .replace(/\.fromMinor$/, '.from')
    .replace(/\.cap\.leftMinor$/, '.capMinor')
    .replace(/\.fundedBy$/, '.beneficiary');
}
