import type { AllocationShare, AppliedPercentage } from './allocation-share.ts';
import type { SaleCost } from './sale-facts.ts';

/** Writes an amount of the sale's currency for people: 7920 as `"79.20 EUR"`. Only the caller knows the decimals. */
export type AmountFormat = (amountMinor: bigint) => string;

const COST_NAME: Record<SaleCost, string> = { TAX: 'Tax', PROVIDER_FEE: 'Payment provider fee' };

/** One English sentence that says where a share comes from: `"70% of 79.20, the rest at step 2 (clause 3.2)."` */
export function explainShare(share: AllocationShare, format: AmountFormat): string {
  return share.clause === null ? `${reasonOf(share, format)}.` : `${reasonOf(share, format)} (clause ${share.clause}).`;
}

function reasonOf(share: AllocationShare, format: AmountFormat): string {
  const { derivation, basisMinor } = share;
  switch (derivation.kind) {
    case 'DEDUCTION':
      return `${COST_NAME[derivation.cost]}, taken from ${format(basisMinor)} at step ${share.step}`;
    case 'PERCENTAGE':
      return percentageOf(share, derivation.of, format);
    case 'POOL_CREDIT':
      return (
        `Credit of ${derivation.credit} in the campaign pool of ${format(basisMinor)}, ` +
        `which is ${percentageOf(share, derivation.of, format)}`
      );
    case 'POOL_UNCREDITED':
      return `Campaign pool, ${percentageOf(share, derivation.of, format)}: no touchpoint earned it, so the platform keeps it`;
    case 'BORNE_BY_PLATFORM':
      return derivation.reason === 'NO_TERM'
        ? `${COST_NAME[derivation.cost]} of ${format(basisMinor)}, which no term deducts: the platform bears it`
        : `${COST_NAME[derivation.cost]} of ${format(basisMinor)} exceeds what was left: the platform bears the difference`;
    case 'RESIDUE':
      return 'What the last step left over goes to the platform';
  }
}

function percentageOf({ step }: AllocationShare, of: AppliedPercentage, format: AmountFormat): string {
  const basis = of.basis === 'SALE' ? 'the whole sale' : `the rest at step ${step}`;
  const cut = of.isCut ? ', cut in proportion because the claims of the step exceeded the rest' : '';
  return `${of.percent}% of ${format(of.basisMinor)}, ${basis}${cut}`;
}
