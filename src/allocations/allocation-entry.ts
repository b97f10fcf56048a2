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
  readonly chargebackId: string | null;
  readonly supersedesId: string | null;
  /** The sum of the shares: positive for a split, negative for what goes back. */
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly provider: string;
  readonly effectiveAt: Date;
  /** From when on what partners get by it may be paid out. */
  readonly availableAt: Date;
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
 * is credited to its party; the other way round for what goes back. A reallocation moves money between parties alone.
 * What is zero is not posted.
 *
 * @returns null when nothing is left to post
 */
export function entryOf(draft: PlacedDraft): AccountedEntry | null {
  const { kind, currency, provider, effectiveAt, shares } = draft;
  const reference = referenceOf(draft);
  const clearing = chartOfAccounts.providerClearing(provider);
  const postings: AccountedEntry['postings'] = [
    { account: clearing, amountMinor: clearedBy(draft), currency, reference },
    ...shares.map((share, position) => ({
      account: accountOf(share, provider),
      amountMinor: -share.postedMinor,
      currency,
      reference: `${reference}/share:${position}`,
      ...partnerEntryOf(share, draft),
    })),
  ];
  const posted = postings.filter(({ amountMinor }) => amountMinor !== 0n);
  if (posted.length === 0) return null;
  return { idempotencyKey: `allocation:${reference}`, kind, reference, effectiveAt, postings: posted };
}

/**
 * The posting of each share, in their order; null for a share that posts nothing.
 *
 * @param postingIds of the entry's postings
 */
export function postingsOfShares(draft: AllocationDraft, postingIds: readonly string[]): (string | null)[] {
  let next = clearedBy(draft) === 0n ? 0 : 1;
  return draft.shares.map(({ postedMinor }) => (postedMinor === 0n ? null : (postingIds[next++] ?? null)));
}

function clearedBy({ shares }: AllocationDraft): bigint {
  return shares.reduce((sum, { postedMinor }) => sum + postedMinor, 0n);
}

function partnerEntryOf(
  { id: shareId, party, partnerId, explanation }: PlacedDraft['shares'][number],
  { id: sourceId, kind, period, availableAt }: PlacedDraft,
): { partnerEntry?: PartnerEntryDraft } {
  if (party !== 'PARTNER' || partnerId === null) return {};
  return { partnerEntry: { partnerId, kind, period, availableAt, shareId, sourceId, explanation } };
}

/** Made of what is split alone, so that the same allocation has the same name whoever makes it. */
function referenceOf({ kind, orderItemId, refundId, chargebackId, supersedesId }: AllocationDraft): string {
  const item = `order-item:${orderItemId}`;
  switch (kind) {
    case 'SALE':
      return item;
    case 'REFUND':
      return `refund:${refundId}/${item}`;
    case 'CHARGEBACK':
      return `chargeback:${chargebackId}/${item}`;
    case 'CHARGEBACK_REVERSAL':
      return `chargeback-reversal:${chargebackId}/${item}`;
    case 'REALLOCATION':
      return `reallocation-of:${supersedesId}/${item}`;
  }
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
