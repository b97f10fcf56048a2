import type { PercentageBasis } from './waterfall-terms.ts';

/** The part of a basis that falls into one tier. */
export interface TierBand {
  readonly percent: string;
  /** How much of the basis lies in the tier; above zero. */
  readonly widthMinor: bigint;
  /** Where the tier begins and ends on the counter; null for the last one, which has no end. */
  readonly fromMinor: bigint;
  readonly toMinor: bigint | null;
}

/** What a term asks for, before caps and cuts. */
export type AppliedRate =
  | { readonly kind: 'PERCENTAGE'; readonly percent: string; readonly basis: PercentageBasis }
  | { readonly kind: 'FLAT'; readonly amountMinor: bigint }
  | {
      readonly kind: 'TIERED';
      readonly basis: PercentageBasis;
      /** Only those that the sale reaches; none for a basis of zero. */
      readonly bands: readonly TierBand[];
      /** Where the counter stood before the sale. */
      readonly cumulativeMinor: bigint;
    };

/** The claim of a term as it was applied to one sale. */
export interface AppliedClaim {
  readonly rate: AppliedRate;
  /** What the rate was taken of; for a flat amount the rest that its step began with. */
  readonly basisMinor: bigint;
  /** What the cap still allowed, where that held the claim; else null. */
  readonly heldToMinor: bigint | null;
  /** The step's claims exceeded the rest, so that all of them were cut in proportion. */
  readonly isCut: boolean;
}
