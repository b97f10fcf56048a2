import type { Platform } from '../platform/platform.ts';
import { type Actor, hasRole, requireRole } from '../shared/actor.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { present } from '../shared/invariant.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import { type BalanceInstant, findBalances } from './balance.queries.ts';
import type { HoldRow } from './hold.queries.ts';
import type { AccountRow } from './ledger.queries.ts';
import {
  findAccount,
  findAccountById,
  findAccountPage,
  findHoldPage,
  findPostingPage,
  type LedgerPostingRow,
} from './ledger-account.queries.ts';

/** As of when a balance is asked for: by one of the two times, or as it is when both are absent. */
export interface BalanceTimes {
  readonly effectiveAt?: Date | null | undefined;
  readonly recordedAt?: Date | null | undefined;
}

/**
 * Reads the accounts. All of it is for finance staff and admins.
 *
 * @throws UnauthenticatedError, ForbiddenError from every method but `findById` for others
 */
export class LedgerAccountService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** Accounts by code and currency. */
  async list(actor: Actor, page: PageRequest): Promise<Page<AccountRow>> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    return findAccountPage(this.#platform.database, page);
  }

  async find(actor: Actor, { code, currency }: { code: string; currency: string }): Promise<AccountRow | null> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    return findAccount(this.#platform.database, code, currency);
  }

  /** Null for others too: whoever asks for anything by its identifier learns nothing of what is not theirs. */
  async findById(actor: Actor, id: string): Promise<AccountRow | null> {
    return hasRole(actor, 'FINANCE', 'ADMIN') ? findAccountById(this.#platform.database, id) : null;
  }

  /** Postings of an account, the last recorded first. @throws InvalidInputError for a wrong cursor */
  async postings(actor: Actor, accountId: string, page: PageRequest): Promise<Page<LedgerPostingRow>> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    return findPostingPage(this.#platform.database, accountId, page);
  }

  /** Holds of an account, the latest first. @throws InvalidInputError for a wrong cursor */
  async holds(actor: Actor, accountId: string, page: PageRequest): Promise<Page<HoldRow>> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    return findHoldPage(this.#platform.database, accountId, page);
  }

  /** The balance, debit positive. @throws InvalidInputError when both times are given */
  async balanceAt(actor: Actor, { accountId, ...times }: { accountId: string } & BalanceTimes): Promise<bigint> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    const balances = await findBalances(this.#platform.database, [accountId], balanceInstant(times));
    return present(balances.get(accountId), 'the balance of an account');
  }
}

/**
 * Buckets are kept by each time for itself: what counted by one of them as known at the other would have to be searched
 * for, which is no way to read a balance.
 *
 * @throws InvalidInputError when both times are given
 */
export function balanceInstant({ effectiveAt, recordedAt }: BalanceTimes): BalanceInstant | undefined {
  if (effectiveAt && recordedAt) {
    throw new InvalidInputError('recordedAt', 'Give "effectiveAt" or "recordedAt", not both.');
  }
  if (effectiveAt) return { axis: 'EFFECTIVE', at: effectiveAt };
  return recordedAt ? { axis: 'RECORDED', at: recordedAt } : undefined;
}
