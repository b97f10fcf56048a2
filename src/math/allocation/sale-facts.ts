import { AllocationInputError } from './allocation-input-error.ts';

/** What is known of a sale, in minor units of its one currency; none negative. */
export interface SaleFacts {
  /** What the buyer paid, tax and fee included. */
  readonly grossMinor: bigint;
  readonly taxMinor: bigint;
  readonly providerFeeMinor: bigint;
}

export const SALE_COSTS = ['TAX', 'PROVIDER_FEE'] as const;

/** An amount that leaves the sale, whatever the parties agree: only who bears it is theirs to say. */
export type SaleCost = (typeof SALE_COSTS)[number];

const FIGURE: Record<SaleCost, keyof SaleFacts> = { TAX: 'taxMinor', PROVIDER_FEE: 'providerFeeMinor' };

export function costMinorOf(cost: SaleCost, sale: SaleFacts): bigint {
  return sale[FIGURE[cost]];
}

/** @throws AllocationInputError for a negative amount: refunds are no sales, they have a kernel of their own. */
export function assertSale({ grossMinor, taxMinor, providerFeeMinor }: SaleFacts): void {
  for (const [figure, amount] of Object.entries({ grossMinor, taxMinor, providerFeeMinor })) {
    if (amount < 0n)
      throw new AllocationInputError(`sale.${figure}`, `A sale's ${figure} cannot be negative: ${amount}.`);
  }
}
