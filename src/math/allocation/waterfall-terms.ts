import { AllocationInputError } from './allocation-input-error.ts';
import { parsePercentage, type Ratio, sumRatios } from './ratio.ts';
import { SALE_COSTS, type SaleCost } from './sale-facts.ts';

/**
 * What a percentage is taken of:
 * - `SALE`: the gross amount of the sale;
 * - `REST`: what remains when the term's step begins.
 */
export type PercentageBasis = 'SALE' | 'REST';

/** Who a term pays. The campaign pool is shared among touchpoints by attribution credit. */
export type Beneficiary =
  | { readonly kind: 'PLATFORM' }
  | { readonly kind: 'PARTNER'; readonly partnerId: string }
  | { readonly kind: 'CAMPAIGN_POOL' };

interface TermHeader {
  readonly id: string;
  /** Place in the waterfall, from 1; gaps are allowed. Terms of one step share the same rest. */
  readonly step: number;
  /** Where the paper says so: `"3.2"`. */
  readonly clause: string;
}

/** Pays a cost of the sale before the later steps share what is left. */
export interface DeductionTerm extends TermHeader {
  readonly kind: 'DEDUCTION';
  readonly cost: SaleCost;
}

export interface PercentageTerm extends TermHeader {
  readonly kind: 'PERCENTAGE';
  /** Decimal text from `"0"` to `"100"`, at most twelve decimals. */
  readonly percent: string;
  readonly basis: PercentageBasis;
  readonly beneficiary: Beneficiary;
}

/** One clause of a contract as data. */
export type WaterfallTerm = DeductionTerm | PercentageTerm;

/** How a share cites the term that made it. */
export function citationOf({ id, step, clause }: WaterfallTerm): { termId: string; step: number; clause: string } {
  return { termId: id, step, clause };
}

/** Checked terms of one step, in the order of the contract. */
export type WaterfallStep =
  | { readonly kind: 'DEDUCTIONS'; readonly terms: readonly DeductionTerm[] }
  | { readonly kind: 'SHARES'; readonly terms: readonly PercentageTerm[] };

/**
 * Refuses terms that have no meaning together; a contract is checked with it before anyone signs. Refused are: a
 * duplicate or empty id, a step below 1, a percentage that is negative or no number, percentages of one step over 100
 * in all, percentages of the sale over 100 in all steps together, a step that mixes deductions and shares, and a cost
 * that is deducted twice.
 *
 * @throws AllocationInputError that names the term: `terms.2.percent`.
 */
export function assertWaterfall(terms: readonly WaterfallTerm[]): void {
  waterfallSteps(terms);
}

/**
 * The terms by step, lowest first, checked as `assertWaterfall` says.
 *
 * @throws AllocationInputError as `assertWaterfall`.
 */
export function waterfallSteps(terms: readonly WaterfallTerm[]): WaterfallStep[] {
  assertHeaders(terms);
  assertDeductedOnce(terms);
  assertPercentages(terms);
  const numbers = [...new Set(terms.map((term) => term.step))].sort((a, b) => a - b);
  return numbers.map((number) => {
    const ofStep = terms.filter((term) => term.step === number);
    const deductions = ofStep.filter((term) => term.kind === 'DEDUCTION');
    const shares = ofStep.filter((term) => term.kind === 'PERCENTAGE');
    if (shares.length === 0) return { kind: 'DEDUCTIONS', terms: deductions };
    if (deductions.length === 0) return { kind: 'SHARES', terms: shares };
    throw new AllocationInputError('terms', `Step ${number} mixes deductions and shares: which come first is unsaid.`);
  });
}

function assertHeaders(terms: readonly WaterfallTerm[]): void {
  const seen = new Set<string>();
  for (const [index, { id, step }] of terms.entries()) {
    if (id === '') throw new AllocationInputError(`terms.${index}.id`, 'A term needs an id.');
    if (seen.has(id)) throw new AllocationInputError(`terms.${index}.id`, `Two terms have the id "${id}".`);
    if (!Number.isSafeInteger(step) || step < 1) {
      throw new AllocationInputError(`terms.${index}.step`, `A step is a whole number from 1, not ${step}.`);
    }
    seen.add(id);
  }
}

function assertDeductedOnce(terms: readonly WaterfallTerm[]): void {
  const seen = new Set<SaleCost>();
  for (const [index, term] of terms.entries()) {
    if (term.kind !== 'DEDUCTION') continue;
    if (!SALE_COSTS.includes(term.cost)) {
      throw new AllocationInputError(`terms.${index}.cost`, `"${term.cost}" is not a cost of a sale.`);
    }
    if (seen.has(term.cost)) {
      throw new AllocationInputError(`terms.${index}.cost`, `${term.cost} is deducted twice.`);
    }
    seen.add(term.cost);
  }
}

/** Since the rest never exceeds the sale, a step within 100 asks for no more than the sale, whatever its bases. */
function assertPercentages(terms: readonly WaterfallTerm[]): void {
  const ofStep = new Map<number, Ratio[]>();
  const ofSale: Ratio[] = [];
  for (const [index, term] of terms.entries()) {
    if (term.kind !== 'PERCENTAGE') continue;
    const path = `terms.${index}.percent`;
    const share = parsePercentage(term.percent, path);
    const step = [...(ofStep.get(term.step) ?? []), share];
    ofStep.set(term.step, step);
    if (sumRatios(step).gt(1n)) {
      throw new AllocationInputError(path, `The percentages of step ${term.step} are over 100 in all.`);
    }
    if (term.basis === 'SALE') ofSale.push(share);
    if (sumRatios(ofSale).gt(1n)) {
      throw new AllocationInputError(path, 'The percentages of the sale are over 100 in all steps together.');
    }
  }
}
