import { sql } from 'kysely';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import { invariant } from '../shared/invariant.ts';
import { onNormalSide } from './account.entity.ts';
import { findBalancesWithin } from './balance.queries.ts';
import type { AccountRow, LedgerTables } from './ledger.queries.ts';

/** An account with what may still be taken from it. */
export interface FundedAccount extends AccountRow {
  /** Balance on the normal side, less what is held. */
  readonly availableMinor: bigint;
}

/**
 * Lets one transaction at a time decide over these accounts, until it ends. What it reads from here on was committed
 * by those before it, which only READ COMMITTED promises.
 */
export async function lockAccounts(em: EntityManager, accountIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ isolation: string }>`
    select current_setting('transaction_isolation') as isolation from ledger_accounts
    where ${isAnyOf('id', accountIds)} order by id for no key update`.execute(rowsOf(em));
  for (const { isolation } of rows) {
    invariant(isolation === 'read committed', 'funds are decided over in a transaction that reads what is committed');
  }
}

/** What is available on accounts whose holds that were due have been given back. */
export async function findFunds(em: EntityManager, accountIds: readonly string[]): Promise<FundedAccount[]> {
  const accounts = await rowsOf<LedgerTables>(em)
    .selectFrom('ledger_accounts')
    .select(['id', 'code', 'currency', 'kind', 'overdraft'])
    .select((row) =>
      row
        .selectFrom('ledger_holds')
        .select(sql<bigint>`coalesce(sum(amount_minor), 0)::bigint`.as('held'))
        .whereRef('account_id', '=', 'ledger_accounts.id')
        .where('state', '=', 'PENDING')
        .as('held'),
    )
    .where(isAnyOf('id', accountIds))
    .orderBy('id')
    .execute();
  const balances = await findBalancesWithin(em, accountIds);
  return accounts.map(({ held, ...account }) => ({
    ...account,
    availableMinor: onNormalSide(account.kind, balances.get(account.id) ?? 0n) - (held ?? 0n),
  }));
}
