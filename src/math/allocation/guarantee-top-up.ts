import { AllocationInputError } from './allocation-input-error.ts';

/**
 * What is missing to a minimum guarantee at the end of its window: max(0, guaranteed - earned).
 *
 * @param amounts.earnedMinor What the partner earned in the window; negative where refunds exceed sales, and then the
 *   top-up is more than the guarantee, since the guarantee is what the partner ends up with.
 * @param amounts.guaranteedMinor From zero.
 * @throws AllocationInputError for a negative guarantee.
 */
export function guaranteeTopUp({
  earnedMinor,
  guaranteedMinor,
}: {
  earnedMinor: bigint;
  guaranteedMinor: bigint;
}): bigint {
  if (guaranteedMinor < 0n) {
    throw new AllocationInputError('guaranteedMinor', `A guarantee cannot be negative: ${guaranteedMinor}.`);
  }
  return guaranteedMinor > earnedMinor ? guaranteedMinor - earnedMinor : 0n;
}
