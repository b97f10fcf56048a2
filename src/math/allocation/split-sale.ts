import { type RoundingRule, sumUnits } from './allocate.ts';
import type { AllocationShare } from './allocation-share.ts';
import { payClaims } from './pay-claims.ts';
import { fundedDiscountMinor, payDeductions, payUndeducted } from './pay-deductions.ts';
import { recoupAdvances } from './recoup-advances.ts';
import { assertSale, type SaleFacts } from './sale-facts.ts';
import { assertCredits, type TouchpointCredit } from './touchpoint-credit.ts';
import { type WaterfallStep, waterfallSteps } from './waterfall-steps.ts';
import type { WaterfallTerm } from './waterfall-terms.ts';

export interface SplitInput {
  readonly sale: SaleFacts;
  /** In the order of the contract, which decides ties. */
  readonly terms: readonly WaterfallTerm[];
  /** Sum to one, or empty when no touchpoint led to the sale. */
  readonly credits: readonly TouchpointCredit[];
  readonly rounding: RoundingRule;
}

/**
 * Splits one sale by the waterfall of its contract. This is the meaning of the contract language:
 *
 * 1. Steps run from the lowest number up. Each takes from the *rest*. The rest begins at the gross amount, and where a
 *    term says who funds a discount, at gross and discount together, the list price: that is *the sale* then. The step
 *    of that term charges the discount to the funder as a negative share, and takes nothing from the rest. Without such
 *    a term a discount lowers what everybody shares.
 * 2. A step of deductions pays each cost in full, in the order listed. When the rest does not cover one, the platform
 *    bears what is missing, as a negative share of its own.
 * 3. In a step of shares every term has a claim: its percentage of the sale or of the rest that the step began with; its
 *    flat amount; or, with tiers, each part of that basis at the rate of the tier in which the term's counter meets it.
 *    No claim is above what the term's cap still allows.
 * 4. Flat amounts and claims that a cap holds are paid as they are. The other claims and what all of them leave over are
 *    rounded together by the rule, the leftover as the last party. When the claims exceed the rest, all claims of the
 *    step, flat and capped ones with them, are cut in proportion and the rest is used up.
 * 5. The campaign pool, once rounded, is split among the touchpoints by their credit, by the same rule. A touchpoint
 *    without credit has no share; without any credits the pool goes to the platform.
 * 6. After the last step advances are paid back, in the order of their steps: a percentage of the partner's positive
 *    shares, less what was recouped before, rounded down, until nothing is outstanding.
 * 7. What the last step leaves over goes to the platform.
 * 8. A tax or fee that no term deducts is paid all the same: the platform bears it, as a negative share of its own.
 *
 * Every term yields a share, if only of zero, save an advance that recoups nothing; shares without a term are never
 * zero. The shares sum to the gross amount.
 *
 * @returns Shares in the order of the steps, then of the contract, then of the credits; then both sides of each
 *   recoupment; those without a term last, save that a shortfall stands behind its deduction.
 * @throws AllocationInputError for a negative amount, terms that `waterfallSteps` refuses, or credits that do not sum
 *   to one.
 */
export function splitSale(input: SplitInput): AllocationShare[] {
  const { sale, terms, credits } = input;
  assertSale(sale);
  assertCredits(credits);
  const { steps, advances } = waterfallSteps(terms);
  const saleMinor = sale.grossMinor + fundedDiscountMinor(terms, sale);
  const shares: AllocationShare[] = [];
  let restMinor = saleMinor;
  for (const step of steps) {
    const taken = runStep(step, input, { saleMinor, restMinor });
    shares.push(...taken.shares);
    restMinor = taken.restMinor;
  }
  shares.push(...recoupAdvances(advances, shares), ...residueOf(restMinor), ...payUndeducted(terms, sale));
  if (totalOf(shares) !== sale.grossMinor)
    throw new Error('The shares do not sum to the sale: a bug in the waterfall.');
  return shares;
}

function runStep(
  step: WaterfallStep,
  { sale, credits, rounding }: SplitInput,
  { saleMinor, restMinor }: { saleMinor: bigint; restMinor: bigint },
): { shares: readonly AllocationShare[]; restMinor: bigint } {
  if (step.kind === 'DEDUCTIONS') return payDeductions(step.terms, sale, restMinor);
  const shares = payClaims(step.terms, { saleMinor, restMinor, credits, rounding });
  return { shares, restMinor: restMinor - totalOf(shares) };
}

function residueOf(restMinor: bigint): AllocationShare[] {
  if (restMinor === 0n) return [];
  return [
    {
      termId: null,
      step: null,
      clause: null,
      party: { kind: 'PLATFORM' },
      touchpointId: null,
      amountMinor: restMinor,
      basisMinor: restMinor,
      countedMinor: 0n,
      derivation: { kind: 'RESIDUE' },
    },
  ];
}

function totalOf(shares: readonly AllocationShare[]): bigint {
  return sumUnits(shares.map(({ amountMinor }) => amountMinor));
}
