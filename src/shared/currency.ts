import currencyCodes from 'currency-codes';
import { InvalidInputError } from './domain-error.ts';

/**
 * Number of decimals of a currency by ISO 4217 (the SIX list that `currency-codes` ships).
 * Never `Intl`: it follows CLDR, which differs for 18 codes (HUF, COP, IDR, ...).
 *
 * @throws InvalidInputError for a code that ISO 4217 does not list.
 */
export function currencyExponent(currency: string): number {
  const record = currencyCodes.code(currency);
  if (!record || record.code !== currency) {
    throw new InvalidInputError('currency', `"${currency}" is not a currency of ISO 4217.`);
  }
  return record.digits;
}
