import currencyCodes from 'currency-codes';
import { InvalidInputError } from './domain-error.ts';
import { quoted } from './quoted.ts';

/** Codes whose minor unit ISO 4217 gives as "N.A.": metals, baskets and tests. */
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

/**
 * Units of account that debts are reckoned in and that nobody pays with: those that ISO 4217 marks as funds, and
 * Uruguay's pension unit, which it has like them without the mark.
 */
export const FUNDS: ReadonlySet<string> = new Set(['BOV', 'CHE', 'CHW', 'CLF', 'COU', 'MXV', 'USN', 'UYI', 'UYW']);

/**
 * Number of decimals of a currency by ISO 4217 (the SIX list that `currency-codes` ships).
 * Never `Intl`: it follows CLDR, which differs for 18 codes (HUF, COP, IDR, ...).
 *
 * @throws InvalidInputError for a code that ISO 4217 does not list.
 */
export function currencyExponent(currency: string): number {
  const record = currencyCodes.code(currency);
  if (!record || record.code !== currency) {
    throw new InvalidInputError('currency', `${quoted(currency)} is not a currency of ISO 4217.`);
  }
  return record.digits;
}

/**
 * The currency, when something can be sold in it. What is in the books by another one can still be read, which takes
 * no more than `currencyExponent`.
 *
 * @throws InvalidInputError naming `field` for a code that ISO 4217 does not list, or that is no money of a country
 */
export function requireTender(field: string, currency: string): string {
  const record = currencyCodes.code(currency);
  if (record?.code !== currency) {
    throw new InvalidInputError(field, `${quoted(currency)} is not a currency of ISO 4217.`);
  }
  if (!WITHOUT_MINOR_UNIT.has(currency) && !FUNDS.has(currency)) return currency;
  throw new InvalidInputError(field, `"${currency}" (${record.currency}) is in ISO 4217, but nobody pays in it.`);
}
