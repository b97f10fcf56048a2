import { type Kysely, sql } from 'kysely';
import { type Database, type EntityManager, rowsOf } from '../platform/database.ts';
import type { BalanceAxis } from './balance-bucket.entity.ts';

/** An instant of one of the two times that every posting has. */
export interface BalanceInstant {
  readonly axis: BalanceAxis;
  /** Counted are postings of this instant and before. */
  readonly at: Date;
}

/**
 * Balances of accounts, debit positive, by one statement: a few ranges of indexes an account, however long its history.
 *
 * @param instant as of when; all that is posted when absent
 */
export function findBalances(
  database: Database,
  accountIds: readonly string[],
  instant?: BalanceInstant,
): Promise<Map<string, bigint>> {
  return readBalances(database.read(), accountIds, instant);
}

/** As `findBalances`, within a transaction: what it posted before counts. */
export function findBalancesWithin(em: EntityManager, accountIds: readonly string[]): Promise<Map<string, bigint>> {
  return readBalances(rowsOf(em), accountIds);
}

async function readBalances(
  rows: Kysely<object>,
  accountIds: readonly string[],
  instant?: BalanceInstant,
): Promise<Map<string, bigint>> {
  const [axis, until] = instant ? [instant.axis, instant.at.toISOString()] : ['EFFECTIVE', 'infinity'];
  const found = await sql<{ id: string; balance: bigint }>`
    select id, ledger_balance(id, ${axis}, ${until}::timestamptz) as balance
    from unnest(${accountIds}::uuid[]) as wanted (id)`.execute(rows);
  return new Map(found.rows.map(({ id, balance }) => [id, balance]));
}
