import { AllocationInputError } from './allocation-input-error.ts';
import type { AllocationShare, Derivation, Party } from './allocation-share.ts';
import { costMinorOf, PAID_COSTS, type PaidCost, type SaleFacts } from './sale-facts.ts';
import { citationOf, type DeductionTerm, type WaterfallTerm } from './waterfall-terms.ts';

const RECIPIENT: Record<PaidCost, Party> = {
  TAX: { kind: 'TAX_AUTHORITY' },
  PROVIDER_FEE: { kind: 'PAYMENT_PROVIDER' },
};

const WITHOUT_TERM = { termId: null, step: null, clause: null, touchpointId: null, countedMinor: 0n };

/** What a step of deductions paid, and what it leaves for the next one. */
export interface PaidDeductions {
  readonly shares: readonly AllocationShare[];
  readonly restMinor: bigint;
}

/**
 * Pays each cost in full; the platform bears what the rest does not cover. A discount is charged to its funder and takes
 * nothing from the rest, which held it from the beginning.
 */
export function payDeductions(terms: readonly DeductionTerm[], sale: SaleFacts, restMinor: bigint): PaidDeductions {
  const shares: AllocationShare[] = [];
  let left = restMinor;
  for (const term of terms) {
    if (term.cost === 'DISCOUNT') {
      shares.push(fundedDiscount(term, sale));
      continue;
    }
    const amountMinor = costMinorOf(term.cost, sale);
    const paid = paidCost(term, { cost: term.cost, amountMinor, basisMinor: left });
    const missingMinor = amountMinor > left ? amountMinor - left : 0n;
    shares.push(paid, ...(missingMinor === 0n ? [] : [shortfallOf(paid, term.cost, missingMinor)]));
    left -= amountMinor - missingMinor;
  }
  return { shares, restMinor: left };
}

/** The discount that the waterfall shares out as if the buyer had paid it, because a term says who bears it. */
export function fundedDiscountMinor(terms: readonly WaterfallTerm[], { discountMinor }: SaleFacts): bigint {
  return terms.some((term) => term.kind === 'DEDUCTION' && term.cost === 'DISCOUNT') ? discountMinor : 0n;
}

/** Costs that no term deducts: the recipient gets them and the platform bears them, so that the shares sum to zero. */
export function payUndeducted(terms: readonly WaterfallTerm[], sale: SaleFacts): AllocationShare[] {
  const deducted = new Set(terms.map((term) => (term.kind === 'DEDUCTION' ? term.cost : null)));
  return PAID_COSTS.filter((cost) => !deducted.has(cost) && costMinorOf(cost, sale) > 0n).flatMap((cost) => {
    const basisMinor = costMinorOf(cost, sale);
    const derivation: Derivation = { kind: 'BORNE_BY_PLATFORM', cost, reason: 'NO_TERM' };
    const common = { ...WITHOUT_TERM, basisMinor, derivation };
    return [
      { ...common, party: RECIPIENT[cost], amountMinor: basisMinor },
      { ...common, party: { kind: 'PLATFORM' }, amountMinor: -basisMinor },
    ];
  });
}

function fundedDiscount(term: DeductionTerm, { discountMinor }: SaleFacts): AllocationShare {
  if (!term.fundedBy) throw new AllocationInputError('terms', `The discount of term "${term.id}" has no funder.`);
  return {
    ...citationOf(term),
    party: term.fundedBy,
    touchpointId: null,
    amountMinor: -discountMinor,
    basisMinor: discountMinor,
    countedMinor: 0n,
    derivation: { kind: 'FUNDED_DISCOUNT' },
  };
}

function paidCost(
  term: DeductionTerm,
  { cost, amountMinor, basisMinor }: { cost: PaidCost; amountMinor: bigint; basisMinor: bigint },
): AllocationShare {
  return {
    ...citationOf(term),
    party: RECIPIENT[cost],
    touchpointId: null,
    amountMinor,
    basisMinor,
    countedMinor: 0n,
    derivation: { kind: 'DEDUCTION', cost },
  };
}

function shortfallOf(paid: AllocationShare, cost: PaidCost, missingMinor: bigint): AllocationShare {
  return {
    ...WITHOUT_TERM,
    party: { kind: 'PLATFORM' },
    amountMinor: -missingMinor,
    basisMinor: paid.amountMinor,
    derivation: { kind: 'BORNE_BY_PLATFORM', cost, reason: 'SALE_TOO_SMALL' },
  };
}
