import type { VersionInForce } from '../contracts/index.ts';
import type { AllocationDraft } from './allocation-entry.ts';
import type { AllocationFacts, SplitFacts } from './allocation-facts.ts';
import type { ItemSale } from './item-sales.ts';
import type { BookedItem, ItemReturn } from './order-returns.ts';
import { reallocateItem } from './reallocate-item.ts';
import { returnItem } from './return-item.ts';
import type { ShareDraft } from './share-draft.ts';

/** A draft with what it is stored with. */
export interface StorableDraft extends AllocationDraft {
  readonly contractVersionId: string;
  readonly timeZone: string;
  readonly facts: AllocationFacts;
}

/** A split that was computed, with the facts that it was computed from. */
export interface ComputedSplit {
  readonly facts: SplitFacts;
  readonly shares: readonly ShareDraft[];
}

const DAY_MS = 86_400_000;
const NO_SOURCE = { refundId: null, chargebackId: null, supersedesId: null };

export function draftOfSale({ order, item, version }: ItemSale, { facts, shares }: ComputedSplit): StorableDraft {
  const { currency, provider, paidAt } = order;
  return {
    ...NO_SOURCE,
    kind: 'SALE',
    orderItemId: item.id,
    amountMinor: item.priceMinor,
    currency,
    provider,
    ...timesOf(version, paidAt),
    shares,
    facts: { kind: 'SALE', provider, ...facts },
  };
}

export function draftOfReturn({ returned, item, amountMinor, facts }: ItemReturn): StorableDraft {
  const { allocation, shares: split, version } = item;
  const { currency, orderItemId } = allocation;
  const source = returned.kind === 'REFUND' ? { refundId: returned.id } : { chargebackId: returned.id };
  return {
    ...NO_SOURCE,
    ...source,
    kind: returned.kind,
    orderItemId,
    amountMinor: -amountMinor,
    currency,
    provider: facts.provider,
    ...timesOf(version, returned.settledAt),
    shares: returnItem(facts, { split, rounding: version.rounding, currency }),
    facts,
  };
}

/** A split in place of the one in effect. It counts when the sale counted, so that a month closed since makes it late. */
export function draftOfReallocation(
  { allocation, shares: before, version: from, returnedMinor }: BookedItem,
  { version, facts, shares: after }: ComputedSplit & { version: VersionInForce },
): StorableDraft {
  const { id: supersedesId, orderItemId, amountMinor, currency } = allocation;
  const { provider } = allocation.facts;
  const splits = { before: { shares: before, version: from }, after: { shares: after, version } };
  return {
    ...NO_SOURCE,
    supersedesId,
    kind: 'REALLOCATION',
    orderItemId,
    amountMinor,
    currency,
    provider,
    ...timesOf(version, allocation.effectiveAt),
    shares: reallocateItem(splits, { returnedMinor, currency }),
    facts: { ...facts, kind: 'REALLOCATION', provider, supersedesId, returnedMinor: String(returnedMinor) },
  };
}

function timesOf({ id, timeZone, holdDays }: VersionInForce, effectiveAt: Date) {
  const availableAt = new Date(effectiveAt.getTime() + holdDays * DAY_MS);
  return { contractVersionId: id, timeZone, effectiveAt, availableAt };
}
