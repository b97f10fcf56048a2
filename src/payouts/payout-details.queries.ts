import type { InferKyselyDB } from '@mikro-orm/postgresql';
import type { Database } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import { type Actor, hasRole } from '../shared/actor.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { type Cursor, type Page, type PageRequest, pageOf } from '../shared/page.ts';
import { maskAccount } from './bank-account.ts';
import type { PayoutDetailsSchema } from './payout-details.entity.ts';

type Tables = InferKyselyDB<typeof PayoutDetailsSchema>;

/** Where a partner's money goes, as somebody may see it. */
export interface PayoutDetailsRow {
  readonly id: string;
  readonly partnerId: string;
  readonly number: number;
  readonly beneficiary: string;
  /** Masked, unless finance looks. */
  readonly account: string;
  readonly bankName: string;
  readonly country: string;
  readonly setBy: string;
  readonly setAt: Date;
}

const columns = [
  'id',
  'partner_id as partnerId',
  'number',
  'beneficiary',
  'account',
  'bank_name as bankName',
  'country',
  'set_by as setBy',
  'set_at as setAt',
] as const;

/** The row as the actor may see it: the whole account is for finance alone. */
export function shownTo(actor: Actor): (row: PayoutDetailsRow) => PayoutDetailsRow {
  if (hasRole(actor, 'FINANCE')) return (row) => row;
  return (row) => ({ ...row, account: maskAccount(row.account) });
}

/** Versions by id, in no order: whoever holds a payout has been let see where it goes. */
export async function findDetailsByIds(
  database: Database,
  actor: Actor,
  ids: readonly string[],
): Promise<PayoutDetailsRow[]> {
  const rows = await database
    .read<Tables>()
    .selectFrom('payout_details')
    .select(columns)
    .where(isAnyOf('id', ids))
    .execute();
  return rows.map(shownTo(actor));
}

/** Versions of a partner, the latest first. */
export async function findDetailsPage(
  database: Database,
  partnerId: string,
  page: PageRequest,
): Promise<Page<PayoutDetailsRow>> {
  const before = page.after && readNumber(page.after);
  const rows = await database
    .read<Tables>()
    .selectFrom('payout_details')
    .select(columns)
    .where('partner_id', '=', partnerId)
    .$if(before !== null, (query) => query.where('number', '<', before ?? 0))
    .orderBy('number', 'desc')
    .limit(page.first + 1)
    .execute();
  return pageOf(rows, page);
}

const MAX_NUMBER = 2_147_483_647;

function readNumber([text = '']: Cursor): number {
  const number = Number(text);
  if (/^\d{1,10}$/.test(text) && number <= MAX_NUMBER) return number;
  throw new InvalidInputError('after', 'The cursor is not one that this list gave out.');
}
