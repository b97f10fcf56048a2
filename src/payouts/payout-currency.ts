import { currencyExponent, WITHOUT_MINOR_UNIT } from '../shared/currency.ts';
import { InvalidInputError } from '../shared/domain-error.ts';

/** @throws InvalidInputError unless money of the currency can be sent to a bank account, and none is kept in metals, baskets and tests */
export function requirePayoutCurrency(currency: string): string {
  currencyExponent(currency);
  if (!WITHOUT_MINOR_UNIT.has(currency)) return currency;
  throw new InvalidInputError('currency', `ISO 4217 gives ${currency} no minor unit: nothing is paid out in it.`);
}
