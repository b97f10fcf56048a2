import { sql } from 'kysely';
import type { Database } from '../platform/database.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { isUuid } from '../shared/ids.ts';
import { readInstantCursor } from '../shared/keyset.ts';
import { type Cursor, type Page, type PageRequest, pageOf } from '../shared/page.ts';
import { onNormalSide } from './account.entity.ts';
import { findBalances } from './balance.queries.ts';
import { findHeld, type HoldRow, holdColumns } from './hold.queries.ts';
import type { AccountRow, LedgerTables } from './ledger.queries.ts';
import { micros } from './micros.ts';

/** A posting as it reads in its account. */
export interface LedgerPostingRow {
  readonly id: string;
  readonly transactionId: string;
  readonly kind: string;
  readonly transactionReference: string;
  readonly reference: string;
  /** Debit positive. */
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly effectiveAt: Date;
  readonly recordedAt: Date;
  readonly recordedAtMicros: bigint;
}

/** What is on an account and what of it may be taken, both on its normal side. */
export interface FundsRow {
  readonly heldMinor: bigint;
  readonly availableMinor: bigint;
}

const accountColumns = ['id', 'code', 'currency', 'kind', 'overdraft'] as const;

export async function findAccount(database: Database, code: string, currency: string): Promise<AccountRow | null> {
  const row = await database
    .read<LedgerTables>()
    .selectFrom('ledger_accounts')
    .select(accountColumns)
    .where('code', '=', code)
    .where('currency', '=', currency)
    .executeTakeFirst();
  return row ?? null;
}

export async function findAccountById(database: Database, id: string): Promise<AccountRow | null> {
  const query = database.read<LedgerTables>().selectFrom('ledger_accounts').select(accountColumns);
  return (await query.where('id', '=', id).executeTakeFirst()) ?? null;
}

/** Accounts by code and currency. */
export async function findAccountPage(database: Database, page: PageRequest): Promise<Page<AccountRow>> {
  const [code, currency] = page.after ?? [];
  const rows = await database
    .read<LedgerTables>()
    .selectFrom('ledger_accounts')
    .select(accountColumns)
    .$if(page.after !== null, (query) => query.where(sql<boolean>`(code, currency) > (${code}, ${currency})`))
    .orderBy('code')
    .orderBy('currency')
    .limit(page.first + 1)
    .execute();
  return pageOf(rows, page);
}

/** Postings of an account, the last recorded first. */
export async function findPostingPage(
  database: Database,
  accountId: string,
  page: PageRequest,
): Promise<Page<LedgerPostingRow>> {
  const after = readPostingCursor(page.after);
  const rows = await database
    .read<LedgerTables>()
    .selectFrom('ledger_postings as posting')
    .innerJoin('ledger_transactions as entry', 'entry.id', 'posting.transaction_id')
    .select(['posting.id', 'posting.transaction_id as transactionId', 'entry.kind', 'posting.reference'])
    .select(['entry.reference as transactionReference', 'posting.amount_minor as amountMinor', 'posting.currency'])
    .select(['posting.effective_at as effectiveAt', 'posting.recorded_at as recordedAt'])
    .select([micros('posting.recorded_at').as('recordedAtMicros')])
    .where('posting.account_id', '=', accountId)
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(posting.recorded_at, posting.id)
        < ('epoch'::timestamptz + ${after?.micros}::bigint * interval '1 microsecond', ${after?.id}::uuid)`),
    )
    .orderBy('posting.recorded_at', 'desc')
    .orderBy('posting.id', 'desc')
    .limit(page.first + 1)
    .execute();
  return pageOf(rows, page);
}

/** By the microsecond, which a date of ours would lose. */
export function postingCursor({ recordedAtMicros, id }: LedgerPostingRow): Cursor {
  return [String(recordedAtMicros), id];
}

const MICROS = /^-?\d{1,16}$/;

function readPostingCursor(after: Cursor | null): { micros: string; id: string } | null {
  if (!after) return null;
  const [instant = '', id = ''] = after;
  if (!MICROS.test(instant) || !isUuid(id)) {
    throw new InvalidInputError('after', 'The cursor is not one that this list gave out.');
  }
  return { micros: instant, id };
}

/** Holds of an account, the latest first. */
export async function findHoldPage(database: Database, accountId: string, page: PageRequest): Promise<Page<HoldRow>> {
  const after = readInstantCursor(page.after);
  const rows = await database
    .read<LedgerTables>()
    .selectFrom('ledger_holds')
    .select(holdColumns)
    .where('account_id', '=', accountId)
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(created_at, id) < (${after?.at}::timestamptz, ${after?.id}::uuid)`),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.first + 1)
    .execute();
  return pageOf(rows, page);
}

/** What is available on accounts now: their balance, less what is held and not due. */
export async function findFundsOf(
  database: Database,
  accounts: readonly Pick<AccountRow, 'id' | 'kind'>[],
  at: Date,
): Promise<FundsRow[]> {
  const ids = accounts.map(({ id }) => id);
  const [balances, held] = await Promise.all([findBalances(database, ids), findHeld(database, ids, at)]);
  return accounts.map(({ id, kind }) => {
    const heldMinor = held.get(id) ?? 0n;
    return { heldMinor, availableMinor: onNormalSide(kind, balances.get(id) ?? 0n) - heldMinor };
  });
}
