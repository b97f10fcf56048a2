import type { AppliedClaim, AppliedRate } from './applied-claim.ts';
import { parsePercentage, type Ratio, ratio } from './ratio.ts';
import { claimOfBands, tierBands } from './tier-bands.ts';
import type { PercentageBasis, ShareTerm } from './waterfall-terms.ts';

/** What a term asks of its step, before the claims of the step are rounded together. */
export interface Claim extends Omit<AppliedClaim, 'isCut'> {
  /** Not above what the cap still allows. */
  readonly exact: Ratio;
  /** Flat amounts and capped claims are whole as they are, and no rounding rule may add to them; else null. */
  readonly fixedMinor: bigint | null;
  /** What the counter of the term grows by. */
  readonly countedMinor: bigint;
}

/** What a percentage may be taken of. */
export type Bases = Readonly<Record<PercentageBasis, bigint>>;

/** The claim of a checked term, held by its cap. */
export function claimOf(term: ShareTerm, bases: Bases): Claim {
  const basisMinor = bases[term.kind === 'FLAT' ? 'REST' : term.basis];
  const rate = rateOf(term, basisMinor);
  const asked = claimOfRate(rate, basisMinor);
  const countedMinor = rate.kind === 'TIERED' ? basisMinor : 0n;
  const leftMinor = term.cap?.leftMinor;
  // A claim that just reaches the cap is held as well: rounded with the others it might get a unit more.
  if (leftMinor !== undefined && asked.gte(leftMinor)) {
    return { rate, basisMinor, countedMinor, heldToMinor: leftMinor, exact: ratio(leftMinor), fixedMinor: leftMinor };
  }
  const fixedMinor = rate.kind === 'FLAT' ? rate.amountMinor : null;
  return { rate, basisMinor, countedMinor, heldToMinor: null, exact: asked, fixedMinor };
}

function rateOf(term: ShareTerm, basisMinor: bigint): AppliedRate {
  switch (term.kind) {
    case 'PERCENTAGE':
      return { kind: term.kind, percent: term.percent, basis: term.basis };
    case 'FLAT':
      return { kind: term.kind, amountMinor: term.amountMinor };
    case 'TIERED': {
      const { kind, basis, tiers, cumulativeMinor } = term;
      return { kind, basis, cumulativeMinor, bands: tierBands(tiers, { cumulativeMinor, basisMinor }) };
    }
  }
}

function claimOfRate(rate: AppliedRate, basisMinor: bigint): Ratio {
  switch (rate.kind) {
    case 'PERCENTAGE':
      return parsePercentage(rate.percent).mul(basisMinor);
    case 'FLAT':
      return ratio(rate.amountMinor);
    case 'TIERED':
      return claimOfBands(rate.bands);
  }
}
