import type { AllocationShare } from './allocation-share.ts';
import { type AmountFormat, explainClaim } from './explain-claim.ts';
import type { PaidCost } from './sale-facts.ts';

const COST_NAME: Record<PaidCost, string> = { TAX: 'Tax', PROVIDER_FEE: 'Payment provider fee' };

/** One English sentence that says where a share comes from: `"70% of 79.20, the rest at step 2 (clause 3.2)."` */
export function explainShare(share: AllocationShare, format: AmountFormat): string {
  return share.clause === null ? `${reasonOf(share, format)}.` : `${reasonOf(share, format)} (clause ${share.clause}).`;
}

function reasonOf(share: AllocationShare, format: AmountFormat): string {
  const { derivation, basisMinor, step, party } = share;
  switch (derivation.kind) {
    case 'DEDUCTION':
      return `${COST_NAME[derivation.cost]}, taken from ${format(basisMinor)} at step ${step}`;
    case 'FUNDED_DISCOUNT':
      return `Discount of ${format(basisMinor)} off the list price, which the ${party.kind.toLowerCase()} funds`;
    case 'CLAIM':
      return explainClaim(derivation.of, { step, format });
    case 'POOL_CREDIT':
      return (
        `Credit of ${derivation.credit} in the campaign pool of ${format(basisMinor)}, ` +
        `which is ${explainClaim(derivation.of, { step, format })}`
      );
    case 'POOL_UNCREDITED':
      return `Campaign pool, ${explainClaim(derivation.of, { step, format })}: no touchpoint earned it, so the platform keeps it`;
    case 'RECOUPMENT': {
      const { percent, earnedMinor, outstandingMinor } = derivation.of;
      return `Paid back on the advance: ${percent}% of the ${format(earnedMinor)} earned, at most the ${format(outstandingMinor)} outstanding`;
    }
    case 'BORNE_BY_PLATFORM':
      return derivation.reason === 'NO_TERM'
        ? `${COST_NAME[derivation.cost]} of ${format(basisMinor)}, which no term deducts: the platform bears it`
        : `${COST_NAME[derivation.cost]} of ${format(basisMinor)} exceeds what was left: the platform bears the difference`;
    case 'RESIDUE':
      return 'What the last step left over goes to the platform';
  }
}
