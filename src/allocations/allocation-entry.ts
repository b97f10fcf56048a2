import { type AccountRef, chartOfAccounts } from '../ledger/index.ts';
import type { AccountedEntry, PartnerEntryDraft } from '../partner-accounts/index.ts';
import type { Month } from '../shared/month.ts';
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

/** A draft that has its names, so that the books can refer to it. */
export interface PlacedDraft extends AllocationDraft {
  readonly id: string;
  /** Month in which it counts. */
  readonly period: Month;
  readonly shares: readonly (ShareDraft & { readonly id: string })[];
}

/**
 * The allocation in double entry: the provider's clearing account is debited with what the buyer paid, and every share
 * is credited to its party; the other way round for a refund. Shares of zero have nothing to post.
 */
export function entryOf(draft: PlacedDraft): AccountedEntry {
  const { kind, currency, provider, effectiveAt, shares } = draft;
  const reference = referenceOf(draft);
  const clearing = chartOfAccounts.providerClearing(provider);
  const postings: AccountedEntry['postings'] = [
    { account: clearing, amountMinor: draft.amountMinor, currency, reference },
    ...shares.map((share, position) => ({
      account: accountOf(share, provider),
      amountMinor: -share.amountMinor,
      currency,
      reference: `${reference}/share:${position}`,
      ...partnerEntryOf(share, draft),
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

function partnerEntryOf(
  { id: shareId, party, partnerId, explanation }: PlacedDraft['shares'][number],
  { id: sourceId, kind, period, effectiveAt: availableAt }: PlacedDraft,
): { partnerEntry?: PartnerEntryDraft } {
  if (party !== 'PARTNER' || partnerId === null) return {};
  return { partnerEntry: { partnerId, kind, period, availableAt, shareId, sourceId, explanation } };
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
    case 'ADVANCE':
      return chartOfAccounts.partnerAdvances(partnerId ?? '');
  }
}

function isSomething({ amountMinor }: { amountMinor: bigint }): boolean {
  return amountMinor !== 0n;
}
