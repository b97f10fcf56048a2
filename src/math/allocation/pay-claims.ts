import { allocate, type RoundingRule, sumUnits } from './allocate.ts';
import type { AllocationShare } from './allocation-share.ts';
import type { AppliedClaim } from './applied-claim.ts';
import { type Claim, claimOf } from './claim-of.ts';
import { formatRatio, ratio, sumRatios } from './ratio.ts';
import type { TouchpointCredit } from './touchpoint-credit.ts';
import { citationOf, type ShareTerm } from './waterfall-terms.ts';

/** What a step of shares works on. */
export interface ClaimContext {
  /** What the whole waterfall shares out. */
  readonly saleMinor: bigint;
  /** What remains when the step begins. */
  readonly restMinor: bigint;
  readonly credits: readonly TouchpointCredit[];
  readonly rounding: RoundingRule;
}

/** Pays the claims of one step; the shares sum to at most the rest. */
export function payClaims(terms: readonly ShareTerm[], context: ClaimContext): AllocationShare[] {
  const bases = { SALE: context.saleMinor, REST: context.restMinor };
  const claims = terms.map((term) => claimOf(term, bases));
  const { amounts, isCut } = roundClaims(claims, context);
  return terms.flatMap((term, index) => {
    const claim = claims[index];
    if (!claim) return [];
    return payBeneficiary(term, { claim, isCut, amountMinor: amounts[index] ?? 0n, context });
  });
}

/**
 * Claims above the rest are all cut in proportion. Otherwise those that are fixed are paid as they are, and the others
 * are rounded together with what they leave over, as the last party. No amount is above a cap either way: a cut claim
 * is below its whole claim before it is rounded, and a claim that its cap does not hold is below the cap.
 */
function roundClaims(
  claims: readonly Claim[],
  { restMinor, rounding }: ClaimContext,
): { amounts: bigint[]; isCut: boolean } {
  const exact = claims.map((claim) => claim.exact);
  const leftOver = ratio(restMinor).sub(sumRatios(exact));
  if (leftOver.lt(0n)) return { amounts: allocate(restMinor, exact, rounding), isCut: true };
  const fixedMinor = sumUnits(claims.map((claim) => claim.fixedMinor ?? 0n));
  const roundable = claims.map((claim) => (claim.fixedMinor === null ? claim.exact : ratio(0n)));
  const rounded = allocate(restMinor - fixedMinor, [...roundable, leftOver], rounding);
  return { amounts: claims.map((claim, index) => claim.fixedMinor ?? rounded[index] ?? 0n), isCut: false };
}

interface Payment {
  readonly claim: Claim;
  readonly isCut: boolean;
  readonly amountMinor: bigint;
  readonly context: ClaimContext;
}

function payBeneficiary(term: ShareTerm, { claim, isCut, amountMinor, context }: Payment): AllocationShare[] {
  const { rate, basisMinor, heldToMinor, countedMinor } = claim;
  const of: AppliedClaim = { rate, basisMinor, heldToMinor, isCut };
  const whole = { ...citationOf(term), touchpointId: null, amountMinor, basisMinor, countedMinor };
  const { beneficiary } = term;
  if (beneficiary.kind !== 'CAMPAIGN_POOL')
    return [{ ...whole, party: beneficiary, derivation: { kind: 'CLAIM', of } }];
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
    countedMinor: index === 0 ? countedMinor : 0n,
    derivation: { kind: 'POOL_CREDIT', credit: formatRatio(credit), of },
  }));
}
