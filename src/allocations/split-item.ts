import {
  applicableTerms,
  type TermCounters,
  type TermRow,
  type VersionInForce,
  waterfallOf,
} from '../contracts/index.ts';
import {
  type AllocationShare,
  explainShare,
  parseRatio,
  type SaleFacts,
  splitSale,
  type TouchpointCredit,
} from '../math/allocation/index.ts';
import type { CounterFacts, CreditFacts, SplitFacts } from './allocation-facts.ts';
import { formatIn } from './format-amount.ts';
import type { ShareDraft } from './share-draft.ts';

/** What of a contract version decides a split. */
export interface SplitRules {
  readonly version: Pick<VersionInForce, 'terms' | 'rounding'>;
  /** That of the sale. */
  readonly currency: string;
}

export interface Split {
  /** In the order of the waterfall; they sum to the gross amount. */
  readonly shares: readonly ShareDraft[];
  /** Those of the facts, with what this sale adds to each. */
  readonly counters: readonly CounterFacts[];
}

/**
 * Splits the sale of one item by a contract version. The same facts and version give the same split, at any time.
 *
 * @throws AllocationInputError for facts that are none, such as credits that do not sum to one
 */
export function splitItem(facts: SplitFacts, rules: SplitRules): Split {
  const { ownerPartnerId, counters = [] } = facts;
  const { version, currency } = rules;
  const shares = splitSale({
    sale: amountsOf(facts),
    terms: waterfallOf(termsFor(facts, rules), { ownerPartnerId, counters: countedBefore(counters) }),
    credits: facts.credits.map(toCredit),
    rounding: version.rounding,
  });
  const format = formatIn(currency);
  return {
    shares: shares.map((share) => toDraft(share, format)),
    counters: counters.map((counter) => ({ ...counter, addedMinor: String(addedTo(counter, shares)) })),
  };
}

/** The clauses that apply to a sale, in the order of the contract. */
export function termsFor({ scope }: SplitFacts, { version, currency }: SplitRules): readonly TermRow[] {
  if (!scope) return version.terms;
  const { soldAt, customerSince, timeZone = 'UTC' } = scope;
  const sale = { ...scope, timeZone, currency, soldAt: new Date(soldAt), customerSince: new Date(customerSince) };
  return applicableTerms(version.terms, sale);
}

function amountsOf({ grossMinor, taxMinor, providerFeeMinor, discountMinor = '0' }: SplitFacts): SaleFacts {
  return {
    grossMinor: BigInt(grossMinor),
    taxMinor: BigInt(taxMinor),
    providerFeeMinor: BigInt(providerFeeMinor),
    discountMinor: BigInt(discountMinor),
  };
}

function countedBefore(counters: readonly CounterFacts[]): Map<string, TermCounters> {
  const before = new Map<string, TermCounters>();
  for (const { termId, kind, beforeMinor } of counters) {
    const counted = before.get(termId) ?? { countedMinor: 0n, takenMinor: 0n };
    const amount = kind === 'COUNTED' ? { countedMinor: BigInt(beforeMinor) } : { takenMinor: BigInt(beforeMinor) };
    before.set(termId, { ...counted, ...amount });
  }
  return before;
}

/** Of an advance, both sides cite the term: what it takes is the positive one. */
function addedTo({ termId, kind }: CounterFacts, shares: readonly AllocationShare[]): bigint {
  const added = ({ amountMinor, countedMinor }: AllocationShare) =>
    kind === 'COUNTED' ? countedMinor : amountMinor > 0n ? amountMinor : 0n;
  return shares.reduce((sum, share) => (share.termId === termId ? sum + added(share) : sum), 0n);
}

function toCredit({ touchpointId, partnerId, credit }: CreditFacts): TouchpointCredit {
  return { touchpointId, partnerId, credit: parseRatio(credit) };
}

function toDraft(share: AllocationShare, format: (amountMinor: bigint) => string): ShareDraft {
  const { termId, touchpointId, amountMinor, basisMinor, party } = share;
  return {
    party: party.kind,
    partnerId: 'partnerId' in party ? party.partnerId : null,
    termId,
    touchpointId,
    amountMinor,
    postedMinor: amountMinor,
    basisMinor,
    explanation: explainShare(share, format),
  };
}
