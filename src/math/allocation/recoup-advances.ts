import { sumUnits } from './allocate.ts';
import type { AllocationShare, Party, Recoupment } from './allocation-share.ts';
import { parsePercentage } from './ratio.ts';
import { type AdvanceTerm, citationOf } from './waterfall-terms.ts';

/**
 * Pays advances back from what the steps gave: min(outstanding, floor(percent * earned)), where a partner has earned its
 * positive shares of the sale less what an earlier term recouped. A discount that the partner funds does not lower what
 * it has earned.
 *
 * @param shares Of all steps.
 * @returns Two shares a term, which sum to zero; none for a term that recoups nothing.
 */
export function recoupAdvances(terms: readonly AdvanceTerm[], shares: readonly AllocationShare[]): AllocationShare[] {
  const recouped: AllocationShare[] = [];
  for (const term of terms.toSorted((a, b) => a.step - b.step)) {
    const { percent, outstandingMinor, beneficiary } = term;
    const earnedMinor = earnedBy(beneficiary.partnerId, [...shares, ...recouped]);
    const askedMinor = parsePercentage(percent).mul(earnedMinor).floor().n;
    const isPaidBack = askedMinor >= outstandingMinor;
    const amountMinor = isPaidBack ? outstandingMinor : askedMinor;
    if (amountMinor > 0n) recouped.push(...bothSides(term, { percent, earnedMinor, outstandingMinor }, amountMinor));
  }
  return recouped;
}

function earnedBy(partnerId: string, shares: readonly AllocationShare[]): bigint {
  const counts = ({ party, amountMinor, derivation }: AllocationShare) =>
    party.kind === 'PARTNER' && party.partnerId === partnerId && (amountMinor > 0n || derivation.kind === 'RECOUPMENT');
  return sumUnits(shares.filter(counts).map(({ amountMinor }) => amountMinor));
}

function bothSides(term: AdvanceTerm, of: Recoupment, amountMinor: bigint): AllocationShare[] {
  const sideOf = (party: Party, amount: bigint): AllocationShare => ({
    ...citationOf(term),
    party,
    touchpointId: null,
    amountMinor: amount,
    basisMinor: of.earnedMinor,
    countedMinor: 0n,
    derivation: { kind: 'RECOUPMENT', of },
  });
  const { partnerId } = term.beneficiary;
  return [sideOf(term.beneficiary, -amountMinor), sideOf({ kind: 'ADVANCE', partnerId }, amountMinor)];
}
