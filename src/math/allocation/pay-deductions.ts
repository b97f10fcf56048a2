import type { AllocationShare, Derivation, Party } from './allocation-share.ts';
import { costMinorOf, SALE_COSTS, type SaleCost, type SaleFacts } from './sale-facts.ts';
import { citationOf, type DeductionTerm, type WaterfallTerm } from './waterfall-terms.ts';

const RECIPIENT: Record<SaleCost, Party> = {
  TAX: { kind: 'TAX_AUTHORITY' },
  PROVIDER_FEE: { kind: 'PAYMENT_PROVIDER' },
};

const WITHOUT_TERM = { termId: null, step: null, clause: null, touchpointId: null };

/** Pays each cost in full; the platform bears what the rest does not cover. The shares sum to at most the rest. */
export function payDeductions(terms: readonly DeductionTerm[], sale: SaleFacts, restMinor: bigint): AllocationShare[] {
  let basisMinor = restMinor;
  return terms.flatMap((term) => {
    const amountMinor = costMinorOf(term.cost, sale);
    const paid: AllocationShare = {
      ...citationOf(term),
      party: RECIPIENT[term.cost],
      touchpointId: null,
      amountMinor,
      basisMinor,
      derivation: { kind: 'DEDUCTION', cost: term.cost },
    };
    const missingMinor = amountMinor > basisMinor ? amountMinor - basisMinor : 0n;
    basisMinor -= amountMinor - missingMinor;
    return missingMinor === 0n ? [paid] : [paid, shortfallOf(paid, term.cost, missingMinor)];
  });
}

function shortfallOf(paid: AllocationShare, cost: SaleCost, missingMinor: bigint): AllocationShare {
  return {
    ...WITHOUT_TERM,
    party: { kind: 'PLATFORM' },
    amountMinor: -missingMinor,
    basisMinor: paid.amountMinor,
    derivation: { kind: 'BORNE_BY_PLATFORM', cost, reason: 'SALE_TOO_SMALL' },
  };
}

/** Costs that no term deducts: the recipient gets them and the platform bears them, so that the shares sum to zero. */
export function payUndeducted(terms: readonly WaterfallTerm[], sale: SaleFacts): AllocationShare[] {
  const deducted = new Set(terms.map((term) => (term.kind === 'DEDUCTION' ? term.cost : null)));
  return SALE_COSTS.filter((cost) => !deducted.has(cost) && costMinorOf(cost, sale) > 0n).flatMap((cost) => {
    const basisMinor = costMinorOf(cost, sale);
    const derivation: Derivation = { kind: 'BORNE_BY_PLATFORM', cost, reason: 'NO_TERM' };
    const common = { ...WITHOUT_TERM, basisMinor, derivation };
    return [
      { ...common, party: RECIPIENT[cost], amountMinor: basisMinor },
      { ...common, party: { kind: 'PLATFORM' }, amountMinor: -basisMinor },
    ];
  });
}
