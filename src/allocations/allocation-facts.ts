import type { CounterKey } from '../contracts/index.ts';
import type { ReturnKind } from '../orders/index.ts';

/**
 * Everything that an allocation was computed from beside the contract version, kept so that it can be computed again.
 * Amounts are whole numbers of minor units, as text: JSON numbers lose cents past 2^53. What is optional is absent in
 * allocations that were made before there was such a thing.
 */
export type AllocationFacts = SaleAllocationFacts | ReturnAllocationFacts | ReallocationFacts;

/** What decides how the sale of one item is split. */
export interface SplitFacts {
  readonly ownerPartnerId: string;
  readonly grossMinor: string;
  readonly taxMinor: string;
  readonly providerFeeMinor: string;
  /** Absent: zero. */
  readonly discountMinor?: string;
  readonly credits: readonly CreditFacts[];
  /** Absent: every clause of the version applied. */
  readonly scope?: ScopeFacts;
  /** What the clauses had counted before the sale, and what it added. Absent: nothing was counted. */
  readonly counters?: readonly CounterFacts[];
}

/** What one touchpoint had earned of the sale when it was split. */
export interface CreditFacts {
  readonly touchpointId: string;
  readonly partnerId: string;
  readonly campaignId: string;
  readonly channel: string;
  /** In lowest terms: `1/3`. */
  readonly credit: string;
}

/** What decides which clauses apply to a sale. */
export interface ScopeFacts {
  readonly contentId: string;
  readonly domainCode: string;
  readonly module: string;
  /** Of the touchpoint that decided the sale; null where none led to it, or no clause asked. */
  readonly campaignId: string | null;
  readonly channel: string | null;
  /** ISO 8601, in UTC. */
  readonly soldAt: string;
  readonly customerSince: string;
  /** IANA name: that of the contract, in which months are counted. Absent in what was split by months of UTC. */
  readonly timeZone?: string;
}

export interface CounterFacts extends CounterKey {
  readonly termId: string;
  readonly beforeMinor: string;
  readonly addedMinor: string;
}

export interface SaleAllocationFacts extends SplitFacts {
  readonly kind: 'SALE';
  readonly provider: string;
}

/** A part of a sale that went back to its buyer, or came from there again. */
export interface ReturnAllocationFacts {
  readonly kind: ReturnKind;
  readonly provider: string;
  /** The split that stood when it was booked. */
  readonly saleAllocationId: string;
  /** What of the item had been given back in all before it, and after it. */
  readonly refundedBeforeMinor: string;
  readonly refundedAfterMinor: string;
}

/** The split of a sale by another version, or after other counters, than it was split by before. */
export interface ReallocationFacts extends SplitFacts {
  readonly kind: 'REALLOCATION';
  readonly provider: string;
  /** The split whose place it takes. */
  readonly supersedesId: string;
  /** What of the item had been given back in all when it was made. */
  readonly returnedMinor: string;
}

/** Facts that say how a sale is split; those of a return do not. */
export function isSplit(facts: AllocationFacts): facts is SaleAllocationFacts | ReallocationFacts {
  return facts.kind === 'SALE' || facts.kind === 'REALLOCATION';
}
