import { DateTime } from 'luxon';
import type { TermRow, TermScope, TermWords } from './term-row.ts';

/** What of a sale decides which clauses apply to it. */
export interface SaleScope {
  readonly contentId: string;
  readonly domainCode: string;
  readonly module: string;
  /** Campaign and channel of the touchpoint that decided the sale; null when none led to it. */
  readonly campaignId: string | null;
  readonly channel: string | null;
  readonly currency: string;
  readonly soldAt: Date;
  /** The buyer's first sale under the same supplier, this one included. */
  readonly customerSince: Date;
  /** IANA name: that of the contract, in which months are counted. */
  readonly timeZone: string;
}

/** Conditions that are met when the sale has the same value. */
export const NAMED_CONDITIONS = [
  'contentId',
  'domainCode',
  'module',
  'campaignId',
  'channel',
  'currency',
] as const satisfies readonly (keyof TermScope)[];

/**
 * The clauses that split a sale: those whose scope it meets and whose duration is not over, and of each slot only the
 * most specific. Minimum guarantees are not part of any sale's split and are left out.
 *
 * @returns in the order of the contract
 */
export function applicableTerms<Term extends TermWords = TermRow>(terms: readonly Term[], sale: SaleScope): Term[] {
  return mostSpecific(terms.filter((term) => term.kind !== 'MINIMUM_GUARANTEE' && meets(sale, term)));
}

/**
 * Of each slot, the terms that no other strictly dominates. Of checked terms that meet one sale, that is one a slot.
 *
 * @param terms that all apply to one same sale
 */
export function mostSpecific<Term extends TermWords>(terms: readonly Term[]): Term[] {
  const slots = Map.groupBy(terms, slotOf);
  return terms.filter((term) => !slots.get(slotOf(term))?.some((other) => isMoreSpecific(other, term)));
}

/** Terms of one slot stand for the same thing: at most one of them applies to a sale. */
export function slotOf({ step, kind, cost, beneficiary, partnerId }: TermWords): string {
  switch (kind) {
    case 'DEDUCTION':
      return `${step} ${kind} ${cost}`;
    case 'PERCENTAGE':
    case 'TIERED':
      return `${step} RATE ${beneficiary} ${partnerId}`;
    case 'MINIMUM_GUARANTEE':
      return `${kind} ${partnerId}`;
    default:
      return `${step} ${kind} ${beneficiary} ${partnerId}`;
  }
}

/**
 * Whether every sale that meets `narrow`, among those that meet either, meets `wide` too. A content lies in one domain
 * and one module: where it meets a scope of these at all, it implies it.
 */
export function implies(narrow: TermScope, wide: TermScope): boolean {
  const place = narrow.contentId === null ? {} : { domainCode: wide.domainCode, module: wide.module };
  return isWithin({ ...narrow, ...place }, wide);
}

/** Whether whoever fulfils just the conditions of `world` fulfils those of `scope`. */
export function isWithin(world: TermScope, scope: TermScope): boolean {
  if (scope.maxMonths !== null && (world.maxMonths === null || world.maxMonths > scope.maxMonths)) return false;
  return NAMED_CONDITIONS.every((condition) => scope[condition] === null || scope[condition] === world[condition]);
}

/** Whether one sale may meet both scopes. */
export function canMeet(one: TermScope, other: TermScope): boolean {
  return NAMED_CONDITIONS.every(
    (condition) => one[condition] === null || other[condition] === null || one[condition] === other[condition],
  );
}

/** The conditions of both. @param one that can meet `other` */
export function unionOf(one: TermScope, other: TermScope): TermScope {
  const durations = [one.maxMonths, other.maxMonths].filter((months) => months !== null);
  return {
    contentId: one.contentId ?? other.contentId,
    domainCode: one.domainCode ?? other.domainCode,
    module: one.module ?? other.module,
    campaignId: one.campaignId ?? other.campaignId,
    channel: one.channel ?? other.channel,
    currency: one.currency ?? other.currency,
    maxMonths: durations.length === 0 ? null : Math.min(...durations),
  };
}

function isMoreSpecific(one: TermScope, other: TermScope): boolean {
  return implies(one, other) && !implies(other, one);
}

function meets(sale: SaleScope, term: TermScope): boolean {
  const isNamed = NAMED_CONDITIONS.every(
    (condition) => term[condition] === null || term[condition] === sale[condition],
  );
  return isNamed && isWithinDuration(sale, term.maxMonths);
}

/** Day and time of day are those of the first sale, by the clock of the zone; in a shorter month its last day. */
function isWithinDuration({ soldAt, customerSince, timeZone }: SaleScope, maxMonths: number | null): boolean {
  if (maxMonths === null) return true;
  return soldAt < DateTime.fromJSDate(customerSince, { zone: timeZone }).plus({ months: maxMonths }).toJSDate();
}
