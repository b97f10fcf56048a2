import { currencyExponent } from '../shared/currency.ts';
import { InvalidInputError } from '../shared/domain-error.ts';

/** Codes whose minor unit ISO 4217 gives as "N.A.": metals, baskets and tests. No bank account is kept in them. */
export const WITHOUT_MINOR_UNIT: ReadonlySet<string> = new Set([
  'XAG',
  'XAU',
  'XBA',
  'XBB',
  'XBC',
  'XBD',
  'XDR',
  'XPD',
  'XPT',
  'XSU',
  'XTS',
  'XUA',
  'XXX',
]);

/** @throws InvalidInputError unless money of the currency can be sent to a bank account */
export function requirePayoutCurrency(currency: string): string {
  currencyExponent(currency);
  if (!WITHOUT_MINOR_UNIT.has(currency)) return currency;
  throw new InvalidInputError('currency', `ISO 4217 gives ${currency} no minor unit: nothing is paid out in it.`);
}
