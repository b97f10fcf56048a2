import { InvalidInputError } from '../shared/domain-error.ts';

/** An IBAN has up to 34 characters; the shortest account numbers in use have four. */
const ACCOUNT = /^[A-Z0-9]{4,34}$/;
const SHOWN = 4;

/**
 * An account number as banks keep it: without spaces and hyphens, in capitals. What stands behind it only the bank
 * knows.
 *
 * @throws InvalidInputError naming `account` unless 4 to 34 letters and digits are left
 */
export function requireAccount(text: string): string {
  const account = text.replaceAll(/[ -]/g, '').toUpperCase();
  if (ACCOUNT.test(account)) return account;
  throw new InvalidInputError('account', 'An account has from 4 to 34 letters and digits, such as an IBAN.');
}

/** Enough to know one's own account by: the last four characters, and of a short one fewer. */
export function maskAccount(account: string): string {
  return `••••${account.slice(-Math.min(SHOWN, Math.floor(account.length / 2)))}`;
}
