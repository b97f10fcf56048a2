import type { SaleCost } from './sale-facts.ts';

/**
 * What a percentage is taken of:
 * - `SALE`: what the waterfall shares out: the gross amount, and a discount with it that a term says somebody funds;
 * - `REST`: what remains when the term's step begins.
 */
export type PercentageBasis = 'SALE' | 'REST';

/** Who a term pays. The campaign pool is shared among touchpoints by attribution credit. */
export type Beneficiary =
  | { readonly kind: 'PLATFORM' }
  | { readonly kind: 'PARTNER'; readonly partnerId: string }
  | { readonly kind: 'CAMPAIGN_POOL' };

interface TermHeader {
  readonly id: string;
  /** Place in the waterfall, from 1; gaps are allowed. Terms of one step share the same rest. */
  readonly step: number;
  /** Where the paper says so: `"3.2"`. */
  readonly clause: string;
}

/** Pays a cost of the sale before the later steps share what is left, or says who bears the discount. */
export interface DeductionTerm extends TermHeader {
  readonly kind: 'DEDUCTION';
  readonly cost: SaleCost;
  /** Who bears the discount. Given for a DISCOUNT, and only for that. */
  readonly fundedBy?: Exclude<Beneficiary, { kind: 'CAMPAIGN_POOL' }> | undefined;
}

interface ShareTermHeader extends TermHeader {
  readonly beneficiary: Beneficiary;
  /** What the cap of the term still allows before this sale, from zero. Without it the term has no cap. */
  readonly cap?: { readonly leftMinor: bigint } | undefined;
}

export interface PercentageTerm extends ShareTermHeader {
  readonly kind: 'PERCENTAGE';
  /** Decimal text from `"0"` to `"100"`, at most twelve decimals. */
  readonly percent: string;
  readonly basis: PercentageBasis;
}

/** A fixed amount of every sale. */
export interface FlatTerm extends ShareTermHeader {
  readonly kind: 'FLAT';
  /** Above zero. */
  readonly amountMinor: bigint;
}

/** One rate of a scale. It holds from its threshold up to that of the next tier. */
export interface Tier {
  /** Zero for the first tier, and rising. */
  readonly fromMinor: bigint;
  /** As in a PercentageTerm. */
  readonly percent: string;
}

/** Marginal tiers: each part of what was sold has the rate of the tier it falls into, as in an income tax. */
export interface TieredTerm extends ShareTermHeader {
  readonly kind: 'TIERED';
  readonly basis: PercentageBasis;
  /** From 1 to 20. */
  readonly tiers: readonly Tier[];
  /** What the earlier sales of the window have counted, from zero: the sum of their `countedMinor`. */
  readonly cumulativeMinor: bigint;
}

/** Takes a part of what a partner earns in a sale to pay an advance back. */
export interface AdvanceTerm extends TermHeader {
  readonly kind: 'ADVANCE';
  readonly beneficiary: Extract<Beneficiary, { kind: 'PARTNER' }>;
  /** Of what the partner earns in the sale; as in a PercentageTerm. */
  readonly percent: string;
  /** What is still to be paid back before this sale, from zero. */
  readonly outstandingMinor: bigint;
}

/** A term that takes its part of the rest in its step. */
export type ShareTerm = PercentageTerm | FlatTerm | TieredTerm;

/** One clause of a contract as data. */
export type WaterfallTerm = DeductionTerm | ShareTerm | AdvanceTerm;

/** How a share cites the term that made it. */
export function citationOf({ id, step, clause }: WaterfallTerm): { termId: string; step: number; clause: string } {
  return { termId: id, step, clause };
}
