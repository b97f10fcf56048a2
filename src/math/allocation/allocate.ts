import { AllocationInputError } from './allocation-input-error.ts';
import type { Ratio } from './ratio.ts';

export const ROUNDING_RULES = ['LARGEST_REMAINDER', 'LISTED_ORDER', 'LARGEST_SHARE'] as const;

/**
 * Who gets the units that are left when every share is rounded down, one unit each, ties to the earlier party:
 * - `LARGEST_REMAINDER`: whoever lost most by rounding down (Hamilton's method); the default.
 * - `LISTED_ORDER`: the parties in the order of the contract.
 * - `LARGEST_SHARE`: whoever has the largest share.
 */
export type RoundingRule = (typeof ROUNDING_RULES)[number];

export const DEFAULT_ROUNDING_RULE: RoundingRule = 'LARGEST_REMAINDER';

/** A party with a share above zero, while its units are being counted. */
interface Claimant {
  readonly index: number;
  readonly weight: bigint;
  readonly remainder: bigint;
}

/** Sorting is stable, so that equal claimants keep the order of the contract. */
const PRECEDENCE: Record<RoundingRule, (a: Claimant, b: Claimant) => number> = {
  LARGEST_REMAINDER: (a, b) => descending(a.remainder, b.remainder),
  LISTED_ORDER: () => 0,
  LARGEST_SHARE: (a, b) => descending(a.weight, b.weight),
};

/**
 * Splits whole units so that the parts sum to the amount exactly.
 *
 * part_i = floor(amount * share_i / sum of shares), plus at most one of the units left, by the rule. (Under the largest
 * remainder a share that comes out whole stays as it is; the other rules may add a unit to it.) A party with a zero
 * share never gets a unit, whatever the rule. A negative amount is split as the mirror of the positive one.
 * Complexity: n log n.
 *
 * @param amountMinor Any whole number of units.
 * @param shares In the order of the contract; none negative. Only their proportions count: 80:8:12 is .8:.08:.12.
 * @returns One part a share, in the same order.
 * @throws AllocationInputError for a negative share, an unknown rule, or an amount that nobody has a share in.
 */
export function allocate(
  amountMinor: bigint,
  shares: readonly Ratio[],
  rule: RoundingRule = DEFAULT_ROUNDING_RULE,
): bigint[] {
  if (!ROUNDING_RULES.includes(rule)) throw new AllocationInputError('rule', `"${rule}" is not a rounding rule.`);
  const weights = wholeWeights(shares);
  const totalWeight = sumUnits(weights);
  if (amountMinor === 0n) return weights.map(() => 0n);
  if (totalWeight === 0n) {
    throw new AllocationInputError('shares', `Nobody has a share in the ${amountMinor} units to split.`);
  }
  const parts = splitPositive(amountMinor < 0n ? -amountMinor : amountMinor, { weights, totalWeight, rule });
  return amountMinor < 0n ? parts.map((part) => -part) : parts;
}

/** @returns Zero for no summands. */
export function sumUnits(units: readonly bigint[]): bigint {
  return units.reduce((sum, unit) => sum + unit, 0n);
}

function splitPositive(
  amountMinor: bigint,
  { weights, totalWeight, rule }: { weights: readonly bigint[]; totalWeight: bigint; rule: RoundingRule },
): bigint[] {
  const parts = weights.map((weight) => (amountMinor * weight) / totalWeight);
  const unitsLeft = Number(amountMinor - sumUnits(parts));
  const lucky = weights
    .map((weight, index): Claimant => ({ index, weight, remainder: (amountMinor * weight) % totalWeight }))
    .filter(({ weight }) => weight > 0n)
    .sort(PRECEDENCE[rule])
    .slice(0, unitsLeft);
  for (const { index } of lucky) parts[index] = (parts[index] ?? 0n) + 1n;
  return parts;
}

/** The shares over their common denominator, so that the split itself is whole-number arithmetic. */
function wholeWeights(shares: readonly Ratio[]): bigint[] {
  const commonDenominator = shares.reduce((common, share) => leastCommonMultiple(common, share.d), 1n);
  return shares.map((share, index) => {
    if (share.s < 0n) {
      throw new AllocationInputError(`shares.${index}`, `A share cannot be negative: ${share.toFraction()}.`);
    }
    return share.n * (commonDenominator / share.d);
  });
}

function leastCommonMultiple(a: bigint, b: bigint): bigint {
  if (a === b) return a;
  let [divisor, rest] = [a, b];
  while (rest !== 0n) [divisor, rest] = [rest, divisor % rest];
  return (a / divisor) * b;
}

function descending(a: bigint, b: bigint): number {
  if (a === b) return 0;
  return a > b ? -1 : 1;
}
