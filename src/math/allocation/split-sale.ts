import { type RoundingRule, sumUnits } from './allocate.ts';
import type { AllocationShare } from './allocation-share.ts';
import { assertCredits, payClaims, type TouchpointCredit } from './pay-claims.ts';
import { payDeductions, payUndeducted } from './pay-deductions.ts';
import { assertSale, type SaleFacts } from './sale-facts.ts';
import { type WaterfallTerm, waterfallSteps } from './waterfall-terms.ts';

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
 * 1. Steps run from the lowest number up. Each takes from the *rest*, which is the gross amount at first.
 * 2. A step of deductions pays each cost in full, in the order listed. When the rest does not cover one, the platform
 *    bears what is missing, as a negative share of its own.
 * 3. In a step of shares every term claims its percentage of the sale or of the rest that the step began with. The
 *    claims and what they leave over are rounded together by the rule, the leftover as the last party. When claims on
 *    the sale exceed the rest, all claims of the step are cut in proportion and the rest is used up.
 * 4. The campaign pool, once rounded, is split among the touchpoints by their credit, by the same rule. A touchpoint
 *    without credit has no share; without any credits the pool goes to the platform.
 * 5. What the last step leaves over goes to the platform.
 * 6. A tax or fee that no term deducts is paid all the same: the platform bears it, as a negative share of its own.
 *
 * Every term yields a share, if only of zero; shares without a term are never zero. The shares sum to the gross amount.
 *
 * @returns Shares in the order of the steps, then of the contract, then of the credits; those without a term last, save
 *   that a shortfall stands behind its deduction.
 * @throws AllocationInputError for a negative amount, terms that `assertWaterfall` refuses, or credits that do not sum
 *   to one.
 */
export function splitSale({ sale, terms, credits, rounding }: SplitInput): AllocationShare[] {
  assertSale(sale);
  assertCredits(credits);
  const shares: AllocationShare[] = [];
  let restMinor = sale.grossMinor;
  for (const step of waterfallSteps(terms)) {
    const taken =
      step.kind === 'DEDUCTIONS'
        ? payDeductions(step.terms, sale, restMinor)
        : payClaims(step.terms, { sale, restMinor, credits, rounding });
    shares.push(...taken);
    restMinor -= totalOf(taken);
  }
  shares.push(...residueOf(restMinor), ...payUndeducted(terms, sale));
  if (totalOf(shares) !== sale.grossMinor)
    throw new Error('The shares do not sum to the sale: a bug in the waterfall.');
  return shares;
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
      derivation: { kind: 'RESIDUE' },
    },
  ];
}

function totalOf(shares: readonly AllocationShare[]): bigint {
  return sumUnits(shares.map(({ amountMinor }) => amountMinor));
}
