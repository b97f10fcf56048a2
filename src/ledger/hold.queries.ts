import { sql } from 'kysely';
import { bulkInsert } from '../platform/bulk-insert.ts';
import { type Database, type EntityManager, rowsOf } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import type { HoldState } from './hold.state.ts';
import type { LedgerTables } from './ledger.queries.ts';

export interface HoldRow {
  readonly id: string;
  readonly accountId: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly reference: string;
  readonly state: HoldState;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
}

export interface HoldDraft extends HoldRow {
  readonly idempotencyKey: string;
  readonly inputHash: string;
}

export interface HoldStepDraft {
  readonly id: string;
  readonly holdId: string;
  readonly fromState: HoldState | null;
  readonly toState: HoldState;
  readonly by: string;
  readonly reason: string;
  readonly at: Date;
}

export const holdColumns = [
  'id',
  'account_id as accountId',
  'currency',
  'amount_minor as amountMinor',
  'reference',
  'state',
  'created_at as createdAt',
  'expires_at as expiresAt',
] as const;

/** @returns false when the key was used before */
export async function insertHold(em: EntityManager, hold: HoldDraft): Promise<boolean> {
  const result = await rowsOf<LedgerTables>(em)
    .insertInto('ledger_holds')
    .values({
      id: hold.id,
      idempotency_key: hold.idempotencyKey,
      input_hash: hold.inputHash,
      account_id: hold.accountId,
      currency: hold.currency,
      amount_minor: hold.amountMinor,
      reference: hold.reference,
      state: hold.state,
      created_at: hold.createdAt,
      expires_at: hold.expiresAt,
    })
    .onConflict((conflict) => conflict.column('idempotency_key').doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export async function insertHoldSteps(em: EntityManager, steps: readonly HoldStepDraft[]): Promise<void> {
  const rows = steps.map(({ id, holdId, fromState, toState, by, reason, at }) => {
    return { id, hold_id: holdId, from_state: fromState, to_state: toState, by, reason, at };
  });
  await bulkInsert(em, 'ledger_hold_steps', rows);
}

export function findHoldByKey(em: EntityManager, key: string) {
  return rowsOf<LedgerTables>(em)
    .selectFrom('ledger_holds')
    .select(['id', 'input_hash as inputHash'])
    .where('idempotency_key', '=', key)
    .executeTakeFirst();
}

/** A hold that nobody else can end before this transaction does. */
export function lockHold(em: EntityManager, id: string): Promise<HoldRow | undefined> {
  return rowsOf<LedgerTables>(em)
    .selectFrom('ledger_holds')
    .select(holdColumns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

/** Pending holds of accounts whose time is over, locked, in one order. */
export async function lockDueHolds(em: EntityManager, accountIds: readonly string[], at: Date): Promise<string[]> {
  const rows = await rowsOf<LedgerTables>(em)
    .selectFrom('ledger_holds')
    .select('id')
    .where(isAnyOf('account_id', accountIds))
    .where('state', '=', 'PENDING')
    .where('expires_at', '<=', at)
    .orderBy('id')
    .forUpdate()
    .execute();
  return rows.map(({ id }) => id);
}

export async function endHolds(em: EntityManager, ids: readonly string[], state: HoldState): Promise<void> {
  await rowsOf<LedgerTables>(em).updateTable('ledger_holds').set({ state }).where(isAnyOf('id', ids)).execute();
}

/** Pending holds whose time is over, the longest over first. */
export async function findDueHoldIds(
  database: Database,
  { at, limit }: { at: Date; limit: number },
): Promise<string[]> {
  const rows = await database
    .read<LedgerTables>()
    .selectFrom('ledger_holds')
    .select('id')
    .where('state', '=', 'PENDING')
    .where('expires_at', '<=', at)
    .orderBy('expires_at')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** The amounts held on accounts and not due at `at`; an account without holds has zero. */
export async function findHeld(
  database: Database,
  accountIds: readonly string[],
  at: Date,
): Promise<Map<string, bigint>> {
  const rows = await database
    .read<LedgerTables>()
    .selectFrom('ledger_holds')
    .select(['account_id as accountId', sql<bigint>`sum(amount_minor)::bigint`.as('held')])
    .where(isAnyOf('account_id', accountIds))
    .where('state', '=', 'PENDING')
    .where((row) => row.or([row('expires_at', 'is', null), row('expires_at', '>', at)]))
    .groupBy('account_id')
    .execute();
  return new Map(rows.map((row) => [row.accountId, row.held]));
}
