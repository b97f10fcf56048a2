import { sql } from 'kysely';
import { findPayables } from '../partner-accounts/index.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import { StaleBatchError } from './payout.errors.ts';
import type { PayoutTables } from './payout.queries.ts';

interface PaidBatch {
  readonly id: string;
  readonly currency: string;
}

/** Who is paid by a batch, in the order of the partners. */
export async function findPaidPartners(em: EntityManager, batchId: string): Promise<string[]> {
  const payouts = rowsOf<PayoutTables>(em).selectFrom('payouts').select('partner_id as partnerId');
  const rows = await payouts.where('batch_id', '=', batchId).orderBy('partner_id').execute();
  return rows.map(({ partnerId }) => partnerId);
}

/**
 * Holds keep other batches away, not refunds: what went back since the proposal may have left less than is held.
 *
 * @throws StaleBatchError
 */
export async function requireCovered(em: EntityManager, { id, currency }: PaidBatch, at: Date): Promise<void> {
  const paid = new Set(await findPaidPartners(em, id));
  const payables = await findPayables(rowsOf<object>(em), { currency, at });
  const uncovered = payables.filter(({ partnerId, payableMinor }) => payableMinor < 0n && paid.has(partnerId));
  if (uncovered.length > 0) throw new StaleBatchError(uncovered.map(({ partnerId }) => partnerId).toSorted());
}

/**
 * Locks the partners, so that nobody is suspended and no account changes while the batch is approved.
 *
 * @throws StaleBatchError
 */
export async function requireCurrent(em: EntityManager, { id: batchId }: PaidBatch): Promise<void> {
  const rows = rowsOf<object>(em);
  await sql`
    select id from partners where id in (select partner_id from payouts where batch_id = ${batchId}::uuid)
    order by id for share`.execute(rows);
  const { rows: stale } = await sql<{ partnerId: string }>`
    select payout.partner_id as "partnerId"
    from payouts payout join partners partner on partner.id = payout.partner_id
    where payout.batch_id = ${batchId}::uuid
      and (partner.state not in ('ACTIVE', 'APPROVED')
           or exists (select from payout_details newer join payout_details used on used.id = payout.details_id
                      where newer.partner_id = payout.partner_id and newer.number > used.number))
    order by payout.partner_id`.execute(rows);
  if (stale.length > 0) throw new StaleBatchError(stale.map(({ partnerId }) => partnerId));
}
