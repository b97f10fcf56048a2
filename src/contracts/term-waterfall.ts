import type { Beneficiary, WaterfallTerm } from '../math/allocation/index.ts';
import { present } from '../shared/invariant.ts';
import type { TermCounters } from './term-counters.ts';
import type { TermRow } from './term-row.ts';

/** What of a clause decides a split. */
type SplitTerm = Omit<TermRow, 'versionId' | 'position' | 'description'>;

/** What a sale brings along beside its own facts. */
export interface WaterfallSale {
  /** Whose content is sold. */
  readonly ownerPartnerId: string;
  /** What terms have counted before the sale, by term id. A term that is not there has counted nothing. */
  readonly counters: ReadonlyMap<string, TermCounters>;
}

const NOTHING_COUNTED: TermCounters = { countedMinor: 0n, takenMinor: 0n };

/**
 * The clauses as the kernel reads them, in the order of the contract.
 *
 * @param applicable as `applicableTerms` gives them
 */
export function waterfallOf(applicable: readonly SplitTerm[], sale: WaterfallSale): WaterfallTerm[] {
  return applicable.map((term) => waterfallTermOf(term, sale));
}

function waterfallTermOf(term: SplitTerm, { ownerPartnerId, counters }: WaterfallSale): WaterfallTerm {
  const { id, step, clause, kind } = term;
  const header = { id, step, clause };
  if (kind === 'DEDUCTION') return { ...header, ...deductionOf(term, ownerPartnerId) };
  const counted = counters.get(id) ?? NOTHING_COUNTED;
  const beneficiary = beneficiaryOf(term, ownerPartnerId);
  const share = { ...header, beneficiary, ...capOf(term, counted) };
  switch (kind) {
    case 'PERCENTAGE':
      return { ...share, kind, percent: percentOf(term), basis: basisOf(term) };
    case 'FLAT':
      return { ...share, kind, amountMinor: amountOf(term) };
    case 'TIERED':
      return { ...share, kind, basis: basisOf(term), tiers: tiersOf(term), cumulativeMinor: counted.countedMinor };
    case 'ADVANCE': {
      const outstandingMinor = largest(amountOf(term) - counted.takenMinor, 0n);
      if (beneficiary.kind !== 'PARTNER') throw new Error(`The advance of clause ${clause} has no partner: a bug.`);
      return { ...header, kind, beneficiary, percent: percentOf(term), outstandingMinor };
    }
    default:
      throw new Error(`A ${kind} is not part of the split of a sale: a bug in who asks.`);
  }
}

function deductionOf(
  term: SplitTerm,
  ownerPartnerId: string,
): Omit<Extract<WaterfallTerm, { kind: 'DEDUCTION' }>, 'id' | 'step' | 'clause'> {
  const cost = present(term.cost, 'the cost of a deduction');
  if (cost !== 'DISCOUNT') return { kind: 'DEDUCTION', cost };
  const fundedBy = beneficiaryOf(term, ownerPartnerId);
  if (fundedBy.kind === 'CAMPAIGN_POOL') throw new Error(`A pool funds the discount of clause ${term.clause}: a bug.`);
  return { kind: 'DEDUCTION', cost, fundedBy };
}

/** What the cap of the window still allows; the cap of a single sale always allows all of itself. */
function capOf({ capMinor, capWindow }: SplitTerm, { takenMinor }: TermCounters): { cap?: { leftMinor: bigint } } {
  if (capMinor === null) return {};
  return { cap: { leftMinor: capWindow === 'SALE' ? capMinor : largest(capMinor - takenMinor, 0n) } };
}

function beneficiaryOf({ beneficiary, partnerId }: SplitTerm, ownerPartnerId: string): Beneficiary {
  const kind = present(beneficiary, 'the beneficiary of a share');
  switch (kind) {
    case 'PARTNER':
      return { kind, partnerId: present(partnerId, 'the partner of a term') };
    case 'CONTENT_OWNER':
      return { kind: 'PARTNER', partnerId: ownerPartnerId };
    default:
      return { kind };
  }
}

function percentOf({ percent }: SplitTerm): string {
  return present(percent, 'the percentage of a term');
}

function basisOf({ basis }: SplitTerm): 'SALE' | 'REST' {
  return present(basis, 'the basis of a percentage');
}

function amountOf({ amountMinor }: SplitTerm): bigint {
  return present(amountMinor, 'the amount of a term');
}

function tiersOf({ tiers }: SplitTerm): { fromMinor: bigint; percent: string }[] {
  return present(tiers, 'the tiers of a term').map(({ from, percent }) => ({ fromMinor: BigInt(from), percent }));
}

function largest(one: bigint, other: bigint): bigint {
  return one > other ? one : other;
}
