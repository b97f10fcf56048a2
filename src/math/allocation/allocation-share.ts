import type { AppliedClaim } from './applied-claim.ts';
import type { PaidCost } from './sale-facts.ts';
import type { Beneficiary } from './waterfall-terms.ts';

/** Who ends up with money of a sale. */
export type Party =
  | Exclude<Beneficiary, { kind: 'CAMPAIGN_POOL' }>
  | { readonly kind: 'TAX_AUTHORITY' }
  | { readonly kind: 'PAYMENT_PROVIDER' }
  /** What goes back on the advance that the partner had. */
  | { readonly kind: 'ADVANCE'; readonly partnerId: string };

/** An advance as it stood when one sale paid a part of it back. */
export interface Recoupment {
  readonly percent: string;
  /** What the partner earned in this sale before it. */
  readonly earnedMinor: bigint;
  /** What was still to be paid back before it. */
  readonly outstandingMinor: bigint;
}

/** Why a share is what it is, as data: enough to recompute it by hand. */
export type Derivation =
  | { readonly kind: 'DEDUCTION'; readonly cost: PaidCost }
  /** The party bears the discount that the buyer got. */
  | { readonly kind: 'FUNDED_DISCOUNT' }
  /** A percentage, a flat amount or tiers. */
  | { readonly kind: 'CLAIM'; readonly of: AppliedClaim }
  /** Credit in lowest terms, `"1/3"`, of the pool that `of` describes. */
  | { readonly kind: 'POOL_CREDIT'; readonly credit: string; readonly of: AppliedClaim }
  /** No touchpoint earned the pool, so that it stays with the platform. */
  | { readonly kind: 'POOL_UNCREDITED'; readonly of: AppliedClaim }
  /** Both sides of a recoupment: less for the partner, and as much back on the advance. */
  | { readonly kind: 'RECOUPMENT'; readonly of: Recoupment }
  /** The platform bears what no term deducts, or what the sale was too small to cover. */
  | { readonly kind: 'BORNE_BY_PLATFORM'; readonly cost: PaidCost; readonly reason: 'NO_TERM' | 'SALE_TOO_SMALL' }
  /** What the last step left over goes to the platform. */
  | { readonly kind: 'RESIDUE' };

/** One party's part of one sale, and the term that made it. */
export interface AllocationShare {
  /** Null where no term speaks: the residue, and costs that the platform bears. */
  readonly termId: string | null;
  readonly step: number | null;
  readonly clause: string | null;
  readonly party: Party;
  /** Set for a share of the campaign pool. */
  readonly touchpointId: string | null;
  /** Negative only where the platform bears a cost, a funder its discount, or a partner pays an advance back. */
  readonly amountMinor: bigint;
  /**
   * What the amount was taken of: the basis of a percentage or of tiers; for a flat amount the rest that its step began
   * with; for a pool share the pool; for a deduction the rest before it; for a discount the discount; for a recoupment
   * what the partner earned; for a cost that the platform bears the whole cost; for the residue itself.
   */
  readonly basisMinor: bigint;
  /**
   * By how much the sale moves the counter of a TIERED term: the basis of its tiers. It stands on the first share of the
   * term alone, so that it may be summed; zero everywhere else.
   */
  readonly countedMinor: bigint;
  readonly derivation: Derivation;
}
