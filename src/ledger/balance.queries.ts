import { sql } from 'kysely';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import type { LedgerTables } from './ledger.queries.ts';

/** Sums of the postings of accounts, debit positive; an account without postings has zero. */
export async function findBalancesWithin(
  em: EntityManager,
  accountIds: readonly string[],
): Promise<Map<string, bigint>> {
  const rows = await rowsOf<LedgerTables>(em)
    .selectFrom('ledger_postings')
    .select(['account_id as accountId', sql<bigint>`sum(amount_minor)::bigint`.as('balance')])
    .where(isAnyOf('account_id', accountIds))
    .groupBy('account_id')
    .execute();
  const balances = new Map(rows.map((row) => [row.accountId, row.balance]));
  return new Map(accountIds.map((id) => [id, balances.get(id) ?? 0n]));
}
