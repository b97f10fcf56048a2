import { allocate, DEFAULT_ROUNDING_RULE, type RoundingRule, sumUnits } from './allocate.ts';
import { AllocationInputError } from './allocation-input-error.ts';
import { ratio } from './ratio.ts';

export interface RefundInput {
  /** What each party got from the sale, in the order of the allocation. A party that bore a cost has a negative one. */
  readonly sharesMinor: readonly bigint[];
  /** What each party has given back so far, same order. */
  readonly returnedMinor: readonly bigint[];
  /** What the buyer has got back in all, this refund included: from zero to the sum of the shares. */
  readonly cumulativeMinor: bigint;
  /** The rule of the contract that split the sale; LARGEST_REMAINDER when absent. */
  readonly rounding?: RoundingRule;
}

/**
 * What each party gives back for one refund: the *cumulative* refunded amount is allocated by the original shares, and
 * the difference to what was already returned is due now.
 *
 * Hence, for any sequence of refunds: where it leads depends on its sum alone, not on its steps; what a party has
 * returned lies between zero and what it got, at every step; and a full refund in any number of parts returns from each
 * party exactly what it got. When the cumulative amount falls (a chargeback is reversed), parties get back accordingly.
 * A single step may move a unit the other way (the Alabama paradox of largest remainders: of a larger whole a party may
 * be due one unit less), so that a difference of -1 in a refund is right and must be posted.
 *
 * @returns Due now by each party; sums to `cumulativeMinor` less everything already returned.
 * @throws AllocationInputError when the lists differ in length, or the refunds exceed the sale.
 */
export function allocateRefund(input: RefundInput): bigint[] {
  const { sharesMinor, returnedMinor, cumulativeMinor, rounding = DEFAULT_ROUNDING_RULE } = input;
  const saleMinor = sumUnits(sharesMinor);
  if (returnedMinor.length !== sharesMinor.length) {
    throw new AllocationInputError(
      'returnedMinor',
      `${sharesMinor.length} parties share the sale, but ${returnedMinor.length} returned amounts were given.`,
    );
  }
  if (cumulativeMinor < 0n || cumulativeMinor > saleMinor) {
    throw new AllocationInputError(
      'cumulativeMinor',
      `The refunds of a sale of ${saleMinor} units must lie between zero and that, not at ${cumulativeMinor}.`,
    );
  }
  const dueMinor = cumulativeReturns(sharesMinor, cumulativeMinor, rounding);
  return dueMinor.map((due, index) => due - (returnedMinor[index] ?? 0n));
}

/**
 * Gains and losses are undone apart, each in proportion, so that neither side is ever overdrawn: with gains G and
 * losses L of a sale S = G - L, a refund R undoes floor(L R / S) of the losses and R more than that of the gains.
 */
function cumulativeReturns(sharesMinor: readonly bigint[], cumulativeMinor: bigint, rule: RoundingRule): bigint[] {
  if (cumulativeMinor === 0n) return sharesMinor.map(() => 0n);
  const gains = sharesMinor.map((share) => (share > 0n ? share : 0n));
  const losses = sharesMinor.map((share) => (share < 0n ? -share : 0n));
  const lossesUndone = (sumUnits(losses) * cumulativeMinor) / sumUnits(sharesMinor);
  const fromGains = allocate(cumulativeMinor + lossesUndone, gains.map(toRatio), rule);
  const toLosses = allocate(lossesUndone, losses.map(toRatio), rule);
  return fromGains.map((units, index) => units - (toLosses[index] ?? 0n));
}

function toRatio(units: bigint) {
  return ratio(units);
}
