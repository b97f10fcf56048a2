import { allocate } from '../allocation/index.ts';
import type { TouchCredit } from './attribution-model.ts';

/** A touch's part of a conversion's value. */
export interface TouchValue {
  readonly touchId: string;
  readonly valueMinor: bigint;
}

/**
 * Splits a conversion's value by credit, by largest remainder, so that every roll-up of the parts (by partner, channel,
 * campaign, day) sums to the value to the minor unit.
 *
 * @param valueMinor Any whole number of minor units; a negative value, as of a correction, is split as the mirror.
 * @param credits One journey's, in journey order, which decides ties; empty for a conversion that nothing led to.
 * @returns One part a credit, in the same order; empty when there are no credits: the value is unattributed.
 * @throws AllocationInputError when no credit is above zero and the value is not zero.
 */
export function creditValue(valueMinor: bigint, credits: readonly TouchCredit[]): TouchValue[] {
  if (credits.length === 0) return [];
  const shares = credits.map(({ credit }) => credit);
  const parts = allocate(valueMinor, shares, 'LARGEST_REMAINDER');
  return credits.map(({ touchId }, index) => ({ touchId, valueMinor: parts[index] ?? 0n }));
}
