import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { invariant, present } from '../shared/invariant.ts';
import type { EntryPosting } from './entry.ts';
import { type AccountRow, findAccountsByCodes, insertAccounts } from './ledger.queries.ts';

/** Finds an open account. */
export type FindAccount = (code: string, currency: string) => AccountRow;

/**
 * Opens those accounts of the postings that there are not yet.
 *
 * @returns how to find an account by code and currency
 * @throws InvariantError when an account is of another kind than a posting says, or not held to the same
 */
export async function openAccounts(
  em: EntityManager,
  { ids, clock }: Platform,
  postings: readonly Pick<EntryPosting, 'account' | 'currency'>[],
): Promise<FindAccount> {
  const wanted = new Map<string, Omit<AccountRow, 'id'>>();
  for (const { account, currency } of postings) {
    const key = keyOf(account.code, currency);
    if (!wanted.has(key)) wanted.set(key, { overdraft: 'ALLOWED', ...account, currency });
  }
  const codes = [...new Set([...wanted.values()].map(({ code }) => code))];
  const known = byKey(await findAccountsByCodes(em, codes));
  const missing = [...wanted].filter(([key]) => !known.has(key)).map(([, account]) => account);
  const opened = missing.map((account) => ({ id: ids.next(), ...account }));
  await insertAccounts(em, opened, clock.now());
  const accounts = missing.length === 0 ? known : byKey(await findAccountsByCodes(em, codes));
  for (const [key, { kind, overdraft }] of wanted) {
    const account = accounts.get(key);
    invariant(account?.kind === kind, `account ${key} is one of kind ${kind}`);
    invariant(account.overdraft === overdraft, `account ${key} is one whose overdraft is ${overdraft}`);
  }
  return (code, currency) => present(accounts.get(keyOf(code, currency)), 'an open account');
}

function keyOf(code: string, currency: string): string {
  return `${code} ${currency}`;
}

function byKey(accounts: readonly AccountRow[]): Map<string, AccountRow> {
  return new Map(accounts.map((account) => [keyOf(account.code, account.currency), account]));
}
