import { AllocationInputError } from './allocation-input-error.ts';
import { parsePercentage } from './ratio.ts';
import { SALE_COSTS } from './sale-facts.ts';
import type { AdvanceTerm, DeductionTerm, ShareTerm, Tier, WaterfallTerm } from './waterfall-terms.ts';

const MAX_TIERS = 20;

/**
 * Refuses a term that has no meaning of its own, whatever stands beside it.
 *
 * @param path Of the term: `terms.2`.
 * @throws AllocationInputError that names the part: `terms.2.tiers.1.percent`.
 */
export function assertTerm(term: WaterfallTerm, path: string): void {
  if (term.id === '') throw new AllocationInputError(`${path}.id`, 'A term needs an id.');
  if (!Number.isSafeInteger(term.step) || term.step < 1) {
    throw new AllocationInputError(`${path}.step`, `A step is a whole number from 1, not ${term.step}.`);
  }
  switch (term.kind) {
    case 'DEDUCTION':
      assertDeduction(term, path);
      break;
    case 'ADVANCE':
      assertAdvance(term, path);
      break;
    default:
      assertShareTerm(term, path);
  }
}

function assertDeduction({ cost, fundedBy }: DeductionTerm, path: string): void {
  if (!SALE_COSTS.includes(cost)) {
    throw new AllocationInputError(`${path}.cost`, `"${cost}" is not a cost of a sale.`);
  }
  if (cost !== 'DISCOUNT') {
    if (fundedBy)
      throw new AllocationInputError(`${path}.fundedBy`, `Only a DISCOUNT has a funder, a ${cost} has none.`);
    return;
  }
  const funder: string | undefined = fundedBy?.kind;
  if (funder !== 'PLATFORM' && funder !== 'PARTNER') {
    throw new AllocationInputError(`${path}.fundedBy`, 'A DISCOUNT is funded by the platform or by a partner.');
  }
}

function assertAdvance({ percent, outstandingMinor }: AdvanceTerm, path: string): void {
  parsePercentage(percent, `${path}.percent`);
  assertNotNegative(outstandingMinor, `${path}.outstandingMinor`, 'What is outstanding of an advance');
}

function assertShareTerm(term: ShareTerm, path: string): void {
  if (term.cap) assertNotNegative(term.cap.leftMinor, `${path}.cap.leftMinor`, 'What a cap still allows');
  switch (term.kind) {
    case 'PERCENTAGE':
      parsePercentage(term.percent, `${path}.percent`);
      return;
    case 'FLAT':
      if (term.amountMinor > 0n) return;
      throw new AllocationInputError(`${path}.amountMinor`, `A flat amount is above zero, not ${term.amountMinor}.`);
    case 'TIERED':
      assertNotNegative(term.cumulativeMinor, `${path}.cumulativeMinor`, 'What tiers have counted');
      assertTiers(term.tiers, `${path}.tiers`);
  }
}

function assertTiers(tiers: readonly Tier[], path: string): void {
  if (tiers.length === 0 || tiers.length > MAX_TIERS) {
    throw new AllocationInputError(path, `A scale has from 1 to ${MAX_TIERS} tiers, not ${tiers.length}.`);
  }
  for (const [index, { fromMinor, percent }] of tiers.entries()) {
    const before = tiers[index - 1];
    if (!before && fromMinor !== 0n) {
      throw new AllocationInputError(
        `${path}.${index}.fromMinor`,
        `The first tier begins at zero, not at ${fromMinor}.`,
      );
    }
    if (before && fromMinor <= before.fromMinor) {
      throw new AllocationInputError(`${path}.${index}.fromMinor`, 'A tier begins above the one before it.');
    }
    parsePercentage(percent, `${path}.${index}.percent`);
  }
}

function assertNotNegative(amountMinor: bigint, path: string, name: string): void {
  if (amountMinor < 0n) throw new AllocationInputError(path, `${name} cannot be negative: ${amountMinor}.`);
}
