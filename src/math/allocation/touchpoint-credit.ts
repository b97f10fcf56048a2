import { AllocationInputError } from './allocation-input-error.ts';
import { formatRatio, type Ratio, sumRatios } from './ratio.ts';

/** The part of a sale's credit that one touchpoint earned. */
export interface TouchpointCredit {
  readonly touchpointId: string;
  /** Null for the platform's own channels: their part of the pool stays with the platform. */
  readonly partnerId: string | null;
  /** From zero to one. */
  readonly credit: Ratio;
}

/** @throws AllocationInputError for a touchpoint named twice, a negative credit, or credits that do not sum to one. */
export function assertCredits(credits: readonly TouchpointCredit[]): void {
  if (credits.length === 0) return;
  const seen = new Set<string>();
  for (const [index, { touchpointId, credit }] of credits.entries()) {
    const path = `credits.${index}`;
    if (seen.has(touchpointId)) {
      throw new AllocationInputError(`${path}.touchpointId`, `The touchpoint "${touchpointId}" is credited twice.`);
    }
    if (credit.lt(0n)) {
      throw new AllocationInputError(`${path}.credit`, `A credit cannot be negative: ${formatRatio(credit)}.`);
    }
    seen.add(touchpointId);
  }
  const total = sumRatios(credits.map(({ credit }) => credit));
  if (!total.equals(1n))
    throw new AllocationInputError('credits', `The credits sum to ${formatRatio(total)}, not to 1.`);
}
