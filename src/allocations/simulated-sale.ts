import { AllocationInputError, parseRatio } from '../math/allocation/index.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { requireText } from '../shared/input.ts';
import type { CounterFacts, CreditFacts, ScopeFacts, SplitFacts } from './allocation-facts.ts';

/** A sale that did not happen. Amounts are in minor units. */
export interface SimulatedSale {
  readonly amountMinor: bigint;
  /** In the amount. */
  readonly taxMinor: bigint;
  /** What was taken off the list price before the buyer paid. */
  readonly discountMinor: bigint;
  readonly providerFeeMinor: bigint;
  /** That of the content, or the first of the contract, when absent. */
  readonly currency?: string | null | undefined;
  /** Now, when absent. Decides which version counts. */
  readonly soldAt?: Date | null | undefined;
  /** Who brought the buyer. Sum to one; none for a sale that no campaign led to. */
  readonly credits: readonly SimulatedCredit[];
  /** What of the sale clauses may ask for; a buyer who never bought before, when absent. */
  readonly scope?: SimulatedScope | null | undefined;
  /** What clauses have counted before it; nothing where it is not said. */
  readonly counted: readonly SimulatedCounter[];
}

export interface SimulatedCredit {
  readonly partnerId: string;
  /** Exact: `1/3`. */
  readonly credit: string;
}

export interface SimulatedScope {
  /** Decides domain and module too. */
  readonly contentId?: string | null | undefined;
  readonly domainCode?: string | null | undefined;
  readonly module?: string | null | undefined;
  /** Of the contact that decided the sale. */
  readonly campaignId?: string | null | undefined;
  readonly channel?: string | null | undefined;
  readonly customerSince?: Date | null | undefined;
}

export interface SimulatedCounter {
  readonly clause: string;
  /** The revenue that tiers begin with. */
  readonly countedMinor: bigint;
  /** What a capped share has taken in its window, or what was paid back of an advance. */
  readonly takenMinor: bigint;
}

const MAX_CREDITS = 100;
const MAX_COUNTERS = 50;

/** What is sold, and by what contract. */
type SimulatedPlace = Pick<ScopeFacts, 'contentId' | 'domainCode' | 'module' | 'timeZone'> & {
  readonly ownerPartnerId: string;
  readonly soldAt: Date;
};

/**
 * The facts of a simulated sale.
 *
 * @param place where it is sold, as the content has it
 * @throws InvalidInputError naming the figure that is none
 */
export function factsOfSimulation(sale: SimulatedSale, place: SimulatedPlace): SplitFacts {
  assertFigures(sale);
  const { amountMinor, taxMinor, discountMinor, providerFeeMinor, scope } = sale;
  const { ownerPartnerId, soldAt, ...sold } = place;
  return {
    ownerPartnerId,
    grossMinor: String(amountMinor),
    taxMinor: String(taxMinor),
    providerFeeMinor: String(providerFeeMinor),
    discountMinor: String(discountMinor),
    credits: sale.credits.map(toCredit),
    scope: {
      ...sold,
      campaignId: scope?.campaignId ?? null,
      channel: scope?.channel ?? null,
      soldAt: soldAt.toISOString(),
      customerSince: (scope?.customerSince ?? soldAt).toISOString(),
    },
  };
}

/** The counters of a sale, with what is assumed that the clauses have counted before it. */
export function countersAssumed(counters: readonly CounterFacts[], { counted }: SimulatedSale): CounterFacts[] {
  const byClause = new Map(counted.map((counter) => [counter.clause, counter]));
  return counters.map((counter) => {
    const assumed = byClause.get(counter.clause);
    const beforeMinor = counter.kind === 'COUNTED' ? assumed?.countedMinor : assumed?.takenMinor;
    return { ...counter, beforeMinor: String(beforeMinor ?? 0n) };
  });
}

/** @throws InvalidInputError where the kernel refuses what somebody put in */
export function asInput<T>(compute: () => T, field?: string): T {
  try {
    return compute();
  } catch (error) {
    if (error instanceof AllocationInputError) throw new InvalidInputError(field ?? error.path, error.message);
    throw error;
  }
}

function assertFigures(sale: SimulatedSale): void {
  const { amountMinor: amount, taxMinor: tax, discountMinor: discount, providerFeeMinor: providerFee } = sale;
  const counted = sale.counted.flatMap(({ countedMinor, takenMinor }, at) => [
    [`counted.${at}.revenue`, countedMinor] as const,
    [`counted.${at}.taken`, takenMinor] as const,
  ]);
  for (const [field, figure] of [...Object.entries({ amount, tax, discount, providerFee }), ...counted]) {
    if (figure < 0n) throw new InvalidInputError(field, `"${field}" cannot be negative.`);
  }
  if (tax > amount) throw new InvalidInputError('tax', 'The tax is a part of the amount, and not more than that.');
  assertAtMost('credits', sale.credits.length, MAX_CREDITS);
  assertAtMost('counted', sale.counted.length, MAX_COUNTERS);
  for (const [at, { clause }] of sale.counted.entries()) {
    requireText(`counted.${at}.clause`, clause, { maxLength: 20 });
  }
}

function assertAtMost(field: string, count: number, most: number): void {
  if (count > most) throw new InvalidInputError(field, `At most ${most} ${field}, not ${count}.`);
}

function toCredit({ partnerId, credit }: SimulatedCredit, at: number): CreditFacts {
  asInput(() => parseRatio(credit), `credits.${at}.credit`);
  return { touchpointId: `credit-${at}`, partnerId, campaignId: '', channel: '', credit };
}
