import { type AccountRef, chartOfAccounts, type Entry, type EntryPosting } from '../ledger/index.ts';
import type { AllocationKind } from './allocation.entity.ts';
import type { ShareDraft } from './share-draft.ts';

/** An allocation on its way into the books. */
export interface AllocationDraft {
  readonly kind: AllocationKind;
  readonly orderItemId: string;
  readonly refundId: string | null;
  /** Positive for a sale, negative for a refund; the sum of the shares. */
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly provider: string;
  readonly effectiveAt: Date;
  readonly shares: readonly ShareDraft[];
}

/**
 * The allocation in double entry: the provider's clearing account is debited with what the buyer paid, and every share
 * is credited to its party; the other way round for a refund. Shares of zero have nothing to post.
 */
export function entryOf(draft: AllocationDraft): Entry {
  const { kind, currency, provider, effectiveAt, shares } = draft;
  const reference = referenceOf(draft);
  const clearing = chartOfAccounts.providerClearing(provider);
  const postings: EntryPosting[] = [
    { account: clearing, amountMinor: draft.amountMinor, currency, reference },
    ...shares.map((share, position) => ({
      account: accountOf(share, provider),
      amountMinor: -share.amountMinor,
      currency,
      reference: `${reference}/share:${position}`,
    })),
  ];
  const idempotencyKey = `allocation:${reference}`;
  return { idempotencyKey, kind, reference, effectiveAt, postings: postings.filter(isSomething) };
}

/**
 * The posting of each share, in their order; null for a share of zero.
 *
 * @param postingIds of the entry's postings
 */
export function postingsOfShares(draft: AllocationDraft, postingIds: readonly string[]): (string | null)[] {
  let next = draft.amountMinor === 0n ? 0 : 1;
  return draft.shares.map((share) => (isSomething(share) ? (postingIds[next++] ?? null) : null));
}

/** Made of what is split alone, so that the same allocation has the same name whoever makes it. */
function referenceOf({ orderItemId, refundId }: AllocationDraft): string {
  return refundId === null ? `order-item:${orderItemId}` : `refund:${refundId}/order-item:${orderItemId}`;
}

function accountOf({ party, partnerId }: ShareDraft, provider: string): AccountRef {
  switch (party) {
    case 'PLATFORM':
      return chartOfAccounts.platformRevenue;
    case 'PARTNER':
      return chartOfAccounts.partnerPayable(partnerId ?? '');
    case 'PAYMENT_PROVIDER':
      return chartOfAccounts.providerFees(provider);
    case 'TAX_AUTHORITY':
      return chartOfAccounts.taxPayable;
  }
}

function isSomething({ amountMinor }: { amountMinor: bigint }): boolean {
  return amountMinor !== 0n;
}
