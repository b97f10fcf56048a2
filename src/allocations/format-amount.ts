import { Money } from '../shared/money.ts';

/** How amounts of a currency are written for people: 7920 as `79.20 EUR`. */
export function formatIn(currency: string): (amountMinor: bigint) => string {
  return (amountMinor) => Money.ofMinor(amountMinor, currency).toString();
}
