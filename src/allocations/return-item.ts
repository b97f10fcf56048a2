import { allocateRefund, type RoundingRule } from '../math/allocation/index.ts';
import type { ReturnAllocationFacts } from './allocation-facts.ts';
import { formatIn } from './format-amount.ts';
import type { ShareDraft } from './share-draft.ts';

/**
 * What each party of a split has given back once so much went back in all. It depends on that sum alone, not on the
 * steps that led to it, and is all of the split when all went back.
 *
 * @returns in the order of the shares; of a share of zero always zero
 * @throws AllocationInputError when more went back than was split
 */
export function returnedShares(
  shares: readonly Pick<ShareDraft, 'amountMinor'>[],
  { returnedMinor, rounding }: { returnedMinor: bigint; rounding: RoundingRule },
): bigint[] {
  const sharesMinor = shares.map(({ amountMinor }) => amountMinor);
  if (returnedMinor === 0n) return sharesMinor.map(() => 0n);
  const nothing = sharesMinor.map(() => 0n);
  return allocateRefund({ sharesMinor, returnedMinor: nothing, cumulativeMinor: returnedMinor, rounding });
}

/**
 * What each party gives back for one return of the item: what is returned by now, this one included, is allocated by
 * what the split gave, less the same without this one. So any sequence of returns ends at what the split gave.
 *
 * @param split shares of the split that stood, in their order
 * @returns one share a share of the split, negative where a party gives back
 * @throws AllocationInputError when more is returned than was split
 */
export function returnItem(
  facts: Pick<ReturnAllocationFacts, 'refundedBeforeMinor' | 'refundedAfterMinor'>,
  { split, rounding, currency }: { split: readonly ShareDraft[]; rounding: RoundingRule; currency: string },
): ShareDraft[] {
  const beforeMinor = BigInt(facts.refundedBeforeMinor);
  const afterMinor = BigInt(facts.refundedAfterMinor);
  const before = returnedShares(split, { returnedMinor: beforeMinor, rounding });
  const after = returnedShares(split, { returnedMinor: afterMinor, rounding });
  const format = formatIn(currency);
  const sold = format(split.reduce((sum, { amountMinor }) => sum + amountMinor, 0n));
  const refunded = `${format(afterMinor)} of ${sold} is refunded in all`;
  return split.map((share, at) => {
    const returnedMinor = after[at] ?? 0n;
    const amountMinor = (before[at] ?? 0n) - returnedMinor;
    const gave = format(share.amountMinor);
    const explanation = `${refunded}: of the ${gave} that the sale gave, ${format(returnedMinor)} has gone back.`;
    return { ...share, amountMinor, postedMinor: amountMinor, basisMinor: share.amountMinor, explanation };
  });
}
