import { sql } from 'kysely';
import type { Database } from '../platform/database.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { isUuid } from '../shared/ids.ts';
import type { Cursor, PageRequest } from '../shared/page.ts';
import type { PayoutRow } from './payout.queries.ts';
import type { WithheldReason } from './payout-verdict.ts';

/** A partner that a batch left out. */
export interface PayoutExclusionRow {
  readonly batchId: string;
  readonly partnerId: string;
  readonly currency: string;
  readonly reason: WithheldReason;
  readonly explanation: string;
  readonly payableMinor: bigint;
}

/** Payouts of batches, each list by partner and one longer than the page: one statement, however many batches. */
export async function findPayoutsOfBatches(
  database: Database,
  batchIds: readonly string[],
  page: PageRequest,
): Promise<PayoutRow[]> {
  const { rows } = await sql<PayoutRow>`
    select payout.id, payout.batch_id as "batchId", payout.partner_id as "partnerId", payout.currency,
           payout.amount_minor as "amountMinor", payout.details_id as "detailsId", payout.state,
           payout.created_at as "createdAt"
    from unnest(${batchIds}::uuid[]) batch(id)
    cross join lateral (
      select * from payouts where batch_id = batch.id and partner_id > ${afterPartner(page)}::uuid
      order by partner_id limit ${page.first + 1}) payout
    order by payout.batch_id, payout.partner_id`.execute(database.read());
  return rows;
}

/** Who was left out of batches, each list by partner and one longer than the page. */
export async function findExclusionsOfBatches(
  database: Database,
  batchIds: readonly string[],
  page: PageRequest,
): Promise<PayoutExclusionRow[]> {
  const { rows } = await sql<PayoutExclusionRow>`
    select excluded.batch_id as "batchId", excluded.partner_id as "partnerId", batch.currency, excluded.reason,
           excluded.explanation, excluded.payable_minor as "payableMinor"
    from payout_batches batch
    cross join lateral (
      select * from payout_exclusions where batch_id = batch.id and partner_id > ${afterPartner(page)}::uuid
      order by partner_id limit ${page.first + 1}) excluded
    where batch.id = any(${batchIds}::uuid[])
    order by excluded.batch_id, excluded.partner_id`.execute(database.read());
  return rows;
}

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/** Both lists are by partner: each partner is in one of them once. */
export function batchPartCursor({ partnerId }: { readonly partnerId: string }): Cursor {
  return [partnerId];
}

function afterPartner({ after }: PageRequest): string {
  const [partnerId = BEFORE_ALL] = after ?? [];
  if (isUuid(partnerId)) return partnerId;
  throw new InvalidInputError('after', 'The cursor is not one that this list gave out.');
}
