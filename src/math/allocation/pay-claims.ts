import { allocate, type RoundingRule } from './allocate.ts';
import { AllocationInputError } from './allocation-input-error.ts';
import type { AllocationShare, AppliedPercentage } from './allocation-share.ts';
import { formatRatio, parsePercentage, type Ratio, ratio, sumRatios } from './ratio.ts';
import type { SaleFacts } from './sale-facts.ts';
import { citationOf, type PercentageTerm } from './waterfall-terms.ts';

/** The part of a sale's credit that one touchpoint earned. */
export interface TouchpointCredit {
  readonly touchpointId: string;
  /** Null for the platform's own channels: their part of the pool stays with the platform. */
  readonly partnerId: string | null;
  /** From zero to one. */
  readonly credit: Ratio;
}

/** What a step of shares works on. */
export interface ClaimContext {
  readonly sale: SaleFacts;
  /** What remains when the step begins. */
  readonly restMinor: bigint;
  readonly credits: readonly TouchpointCredit[];
  readonly rounding: RoundingRule;
}

/** Rounds the claims of one step together with what they leave over; the shares sum to at most the rest. */
export function payClaims(terms: readonly PercentageTerm[], context: ClaimContext): AllocationShare[] {
  const { sale, restMinor, rounding } = context;
  const basisMinorOf = ({ basis }: PercentageTerm) => (basis === 'SALE' ? sale.grossMinor : restMinor);
  const claims = terms.map((term) => parsePercentage(term.percent).mul(basisMinorOf(term)));
  const leftOver = ratio(restMinor).sub(sumRatios(claims));
  const isCut = leftOver.lt(0n);
  const amounts = allocate(restMinor, isCut ? claims : [...claims, leftOver], rounding);
  return terms.flatMap((term, index) => {
    const of = { percent: term.percent, basis: term.basis, basisMinor: basisMinorOf(term), isCut };
    return payBeneficiary(term, { of, amountMinor: amounts[index] ?? 0n, context });
  });
}

function payBeneficiary(
  term: PercentageTerm,
  { of, amountMinor, context }: { of: AppliedPercentage; amountMinor: bigint; context: ClaimContext },
): AllocationShare[] {
  const { beneficiary } = term;
  const whole = { ...citationOf(term), touchpointId: null, amountMinor, basisMinor: of.basisMinor };
  if (beneficiary.kind !== 'CAMPAIGN_POOL') {
    return [{ ...whole, party: beneficiary, derivation: { kind: 'PERCENTAGE', of } }];
  }
  const earning = context.credits.filter(({ credit }) => credit.gt(0n));
  if (earning.length === 0) {
    return [{ ...whole, party: { kind: 'PLATFORM' }, derivation: { kind: 'POOL_UNCREDITED', of } }];
  }
  const weights = earning.map(({ credit }) => credit);
  const parts = allocate(amountMinor, weights, context.rounding);
  return earning.map(({ touchpointId, partnerId, credit }, index) => ({
    ...citationOf(term),
    party: partnerId === null ? { kind: 'PLATFORM' } : { kind: 'PARTNER', partnerId },
    touchpointId,
    amountMinor: parts[index] ?? 0n,
    basisMinor: amountMinor,
    derivation: { kind: 'POOL_CREDIT', credit: formatRatio(credit), of },
  }));
}

/** @throws AllocationInputError for a touchpoint named twice, a negative credit, or credits that do not sum to one. */
export function assertCredits(credits: readonly TouchpointCredit[]): void {
  if (credits.length === 0) return;
  const seen = new Set<string>();
  for (const [index, { touchpointId, credit }] of credits.entries()) {
    const path = `credits.${index}`;
    if (seen.has(touchpointId)) {
      throw new AllocationInputError(`${path}.touchpointId`, `The touchpoint "${touchpointId}" is credited twice.`);
    }
    if (credit.lt(0n)) {
      throw new AllocationInputError(`${path}.credit`, `A credit cannot be negative: ${formatRatio(credit)}.`);
    }
    seen.add(touchpointId);
  }
  const total = sumRatios(credits.map(({ credit }) => credit));
  if (!total.equals(1n))
    throw new AllocationInputError('credits', `The credits sum to ${formatRatio(total)}, not to 1.`);
}
