import { AllocationInputError } from './allocation-input-error.ts';
import { parsePercentage, type Ratio, ratio } from './ratio.ts';
import { waterfallSteps } from './waterfall-steps.ts';
import type { WaterfallTerm } from './waterfall-terms.ts';

/**
 * Refuses terms that have no meaning together; a contract is checked with it before anyone signs, each set of its terms
 * that can meet in one sale by itself. Refused are, besides a term that has no meaning of its own (`assertTerm`): a
 * duplicate id, a step that mixes deductions and shares, a cost that is deducted twice, rates of one step over 100
 * percent in all, rates of the sale over 100 in all steps together, and two advances of one partner. Tiers count with
 * their highest rate.
 *
 * `splitSale` is milder: it cuts claims that exceed what there is, and recoups two advances one after the other.
 *
 * @throws AllocationInputError that names the term: `terms.2.percent`, `terms.2.tiers.1.percent`.
 */
export function assertWaterfall(terms: readonly WaterfallTerm[]): void {
  waterfallSteps(terms);
  assertRates(terms);
  assertOneAdvance(terms);
}

/** Since the rest never exceeds the sale, a step within 100 asks for no more than the sale, whatever its bases. */
function assertRates(terms: readonly WaterfallTerm[]): void {
  const ofStep = new Map<number, Ratio>();
  let ofSale = ratio(0n);
  for (const [index, term] of terms.entries()) {
    if (term.kind !== 'PERCENTAGE' && term.kind !== 'TIERED') continue;
    const { share, path } = highestRate(term, `terms.${index}`);
    const step = share.add(ofStep.get(term.step) ?? 0n);
    ofStep.set(term.step, step);
    if (step.gt(1n)) {
      throw new AllocationInputError(path, `The percentages of step ${term.step} are over 100 in all.`);
    }
    if (term.basis === 'SALE') ofSale = ofSale.add(share);
    if (ofSale.gt(1n)) {
      throw new AllocationInputError(path, 'The percentages of the sale are over 100 in all steps together.');
    }
  }
}

function highestRate(
  term: Extract<WaterfallTerm, { kind: 'PERCENTAGE' | 'TIERED' }>,
  path: string,
): { share: Ratio; path: string } {
  if (term.kind === 'PERCENTAGE') return { share: parsePercentage(term.percent), path: `${path}.percent` };
  return term.tiers
    .map(({ percent }, index) => ({ share: parsePercentage(percent), path: `${path}.tiers.${index}.percent` }))
    .reduce((highest, tier) => (tier.share.gt(highest.share) ? tier : highest));
}

function assertOneAdvance(terms: readonly WaterfallTerm[]): void {
  const seen = new Set<string>();
  for (const [index, term] of terms.entries()) {
    if (term.kind !== 'ADVANCE') continue;
    const { partnerId } = term.beneficiary;
    if (seen.has(partnerId)) {
      throw new AllocationInputError(`terms.${index}.beneficiary`, `Two advances of the partner "${partnerId}".`);
    }
    seen.add(partnerId);
  }
}
