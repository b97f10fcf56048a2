import { AllocationInputError } from './allocation-input-error.ts';

/** What is known of a sale, in minor units of its one currency; none negative. */
export interface SaleFacts {
  /** What the buyer paid, tax and fee included. */
  readonly grossMinor: bigint;
  readonly taxMinor: bigint;
  readonly providerFeeMinor: bigint;
  /** What was taken off the list price before the buyer paid, so that the list price is gross and discount together. */
  readonly discountMinor: bigint;
}

export const SALE_COSTS = ['TAX', 'PROVIDER_FEE', 'DISCOUNT'] as const;

/** An amount that leaves the sale, or never reached it, whatever the parties agree: only who bears it is theirs to say. */
export type SaleCost = (typeof SALE_COSTS)[number];

/** A cost that somebody outside of the contract receives. A discount is none: nobody receives it. */
export type PaidCost = Exclude<SaleCost, 'DISCOUNT'>;

export const PAID_COSTS = ['TAX', 'PROVIDER_FEE'] as const satisfies readonly PaidCost[];

const FIGURE: Record<PaidCost, keyof SaleFacts> = { TAX: 'taxMinor', PROVIDER_FEE: 'providerFeeMinor' };

export function costMinorOf(cost: PaidCost, sale: SaleFacts): bigint {
  return sale[FIGURE[cost]];
}

/** @throws AllocationInputError for a negative amount: refunds are no sales, they have a kernel of their own. */
export function assertSale({ grossMinor, taxMinor, providerFeeMinor, discountMinor }: SaleFacts): void {
  for (const [figure, amount] of Object.entries({ grossMinor, taxMinor, providerFeeMinor, discountMinor })) {
    if (amount < 0n)
      throw new AllocationInputError(`sale.${figure}`, `A sale's ${figure} cannot be negative: ${amount}.`);
  }
}
