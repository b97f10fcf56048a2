import type { SaleCost } from './sale-facts.ts';
import type { Beneficiary, PercentageBasis } from './waterfall-terms.ts';

/** Who ends up with money of a sale. */
export type Party =
  | Exclude<Beneficiary, { kind: 'CAMPAIGN_POOL' }>
  | { readonly kind: 'TAX_AUTHORITY' }
  | { readonly kind: 'PAYMENT_PROVIDER' };

/** A percentage as it was applied to one sale. */
export interface AppliedPercentage {
  readonly percent: string;
  readonly basis: PercentageBasis;
  /** The amount that the percentage was taken of. */
  readonly basisMinor: bigint;
  /** The step's claims exceeded the rest, so that all of them were cut in proportion. */
  readonly isCut: boolean;
}

/** Why a share is what it is, as data: enough to recompute it by hand. */
export type Derivation =
  | { readonly kind: 'DEDUCTION'; readonly cost: SaleCost }
  | { readonly kind: 'PERCENTAGE'; readonly of: AppliedPercentage }
  /** Credit in lowest terms, `"1/3"`, of the pool that `of` describes. */
  | { readonly kind: 'POOL_CREDIT'; readonly credit: string; readonly of: AppliedPercentage }
  /** No touchpoint earned the pool, so that it stays with the platform. */
  | { readonly kind: 'POOL_UNCREDITED'; readonly of: AppliedPercentage }
  /** The platform bears what no term deducts, or what the sale was too small to cover. */
  | { readonly kind: 'BORNE_BY_PLATFORM'; readonly cost: SaleCost; readonly reason: 'NO_TERM' | 'SALE_TOO_SMALL' }
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
  /** Negative only where the platform bears a cost. */
  readonly amountMinor: bigint;
  /**
   * What the amount was taken of: the percentage's basis; for a pool share the pool; for a deduction the rest before
   * it; for a cost that the platform bears the whole cost; for the residue itself.
   */
  readonly basisMinor: bigint;
  readonly derivation: Derivation;
}
