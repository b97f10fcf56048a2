import type { VersionInForce } from '../contracts/index.ts';
import { waterfallOf } from '../contracts/index.ts';
import { allocateRefund, explainShare, type Party, parseRatio, splitSale } from '../math/allocation/index.ts';
import { Money } from '../shared/money.ts';
import type { RefundAllocationFacts, SaleAllocationFacts } from './allocation.entity.ts';
import type { ShareDraft } from './share-draft.ts';

/** What of a contract version decides a split. */
export type SplitRules = Pick<VersionInForce, 'terms' | 'rounding' | 'currency'>;

/**
 * Splits the sale of one item by a contract version. The same facts and version give the same shares, at any time.
 *
 * @returns shares that sum to the gross amount, in the order of the waterfall
 * @throws AllocationInputError for facts that are none, such as credits that do not sum to one
 */
export function splitItem(facts: Omit<SaleAllocationFacts, 'kind' | 'provider'>, rules: SplitRules): ShareDraft[] {
  const shares = splitSale({
    sale: {
      grossMinor: BigInt(facts.grossMinor),
      taxMinor: BigInt(facts.taxMinor),
      providerFeeMinor: BigInt(facts.providerFeeMinor),
    },
    terms: waterfallOf(rules.terms, { ownerPartnerId: facts.ownerPartnerId, counters: new Map() }),
    credits: facts.credits.map(({ touchpointId, partnerId, credit }) => ({
      touchpointId,
      partnerId,
      credit: parseRatio(credit),
    })),
    rounding: rules.rounding,
  });
  const format = formatIn(rules.currency);
  return shares.map((share) => {
    const { termId, touchpointId, amountMinor, basisMinor, party } = share;
    const explanation = explainShare(share, format);
    return {
      party: party.kind,
      partnerId: partnerOf(party),
      termId,
      touchpointId,
      amountMinor,
      basisMinor,
      explanation,
    };
  });
}

function partnerOf(party: Party): string | null {
  return party.kind === 'PARTNER' ? party.partnerId : null;
}

/**
 * What each party of a sale gives back for one refund of the item: the refunds so far, this one included, are allocated
 * by what the sale gave, less the same without this one. So any sequence of refunds ends at what the sale gave.
 *
 * @param sale shares of the sale's allocation, in their order
 * @returns one share a share of the sale, negative where a party gives back
 * @throws AllocationInputError when the refunds exceed the sale
 */
export function returnItem(
  facts: Pick<RefundAllocationFacts, 'refundedBeforeMinor' | 'refundedAfterMinor'>,
  { sale, rules }: { sale: readonly ShareDraft[]; rules: Pick<SplitRules, 'rounding' | 'currency'> },
): ShareDraft[] {
  const sharesMinor = sale.map(({ amountMinor }) => amountMinor);
  const nothing = sale.map(() => 0n);
  const returnedAt = (cumulativeMinor: bigint) =>
    allocateRefund({ sharesMinor, returnedMinor: nothing, cumulativeMinor, rounding: rules.rounding });
  const before = returnedAt(BigInt(facts.refundedBeforeMinor));
  const after = returnedAt(BigInt(facts.refundedAfterMinor));
  const format = formatIn(rules.currency);
  const refunded = format(BigInt(facts.refundedAfterMinor));
  const sold = format(sharesMinor.reduce((sum, share) => sum + share, 0n));
  return sale.map((share, at) => {
    const returnedMinor = after[at] ?? 0n;
    return {
      ...share,
      amountMinor: (before[at] ?? 0n) - returnedMinor,
      basisMinor: share.amountMinor,
      explanation:
        `${refunded} of ${sold} is refunded in all: ` +
        `of the ${format(share.amountMinor)} that the sale gave, ${format(returnedMinor)} has gone back.`,
    };
  });
}

function formatIn(currency: string): (amountMinor: bigint) => string {
  return (amountMinor) => Money.ofMinor(amountMinor, currency).toString();
}
