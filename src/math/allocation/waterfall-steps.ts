import { AllocationInputError } from './allocation-input-error.ts';
import type { SaleCost } from './sale-facts.ts';
import { assertTerm } from './term-checks.ts';
import type { AdvanceTerm, DeductionTerm, ShareTerm, WaterfallTerm } from './waterfall-terms.ts';

/** Checked terms of one step, in the order of the contract. */
export type WaterfallStep =
  | { readonly kind: 'DEDUCTIONS'; readonly terms: readonly DeductionTerm[] }
  | { readonly kind: 'SHARES'; readonly terms: readonly ShareTerm[] };

/** Checked terms in the order in which they run: the steps from the lowest up, then the advances. */
export interface Waterfall {
  readonly steps: readonly WaterfallStep[];
  readonly advances: readonly AdvanceTerm[];
}

/**
 * Orders terms that have a meaning: each by itself, as `assertTerm` says, with an id of its own, no cost deducted twice,
 * and no step that mixes deductions and shares. What they claim together is not looked at.
 *
 * @throws AllocationInputError that names the term: `terms.2.percent`.
 */
export function waterfallSteps(terms: readonly WaterfallTerm[]): Waterfall {
  for (const [index, term] of terms.entries()) assertTerm(term, `terms.${index}`);
  assertUniqueIds(terms);
  assertDeductedOnce(terms);
  const advances = terms.filter((term) => term.kind === 'ADVANCE');
  const stepped = terms.filter((term) => term.kind !== 'ADVANCE');
  const numbers = [...new Set(stepped.map(({ step }) => step))].sort((a, b) => a - b);
  const steps = numbers.map((number) => {
    const ofStep = stepped.filter(({ step }) => step === number);
    return stepOf(number, ofStep);
  });
  return { steps, advances };
}

function stepOf(number: number, terms: readonly (DeductionTerm | ShareTerm)[]): WaterfallStep {
  const deductions = terms.filter((term) => term.kind === 'DEDUCTION');
  const shares = terms.filter((term) => term.kind !== 'DEDUCTION');
  if (shares.length === 0) return { kind: 'DEDUCTIONS', terms: deductions };
  if (deductions.length === 0) return { kind: 'SHARES', terms: shares };
  throw new AllocationInputError('terms', `Step ${number} mixes deductions and shares: which come first is unsaid.`);
}

function assertUniqueIds(terms: readonly WaterfallTerm[]): void {
  const seen = new Set<string>();
  for (const [index, { id }] of terms.entries()) {
    if (seen.has(id)) throw new AllocationInputError(`terms.${index}.id`, `Two terms have the id "${id}".`);
    seen.add(id);
  }
}

function assertDeductedOnce(terms: readonly WaterfallTerm[]): void {
  const seen = new Set<SaleCost>();
  for (const [index, term] of terms.entries()) {
    if (term.kind !== 'DEDUCTION') continue;
    if (seen.has(term.cost)) {
      throw new AllocationInputError(`terms.${index}.cost`, `${term.cost} is deducted twice.`);
    }
    seen.add(term.cost);
  }
}
