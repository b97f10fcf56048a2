import { sql } from 'kysely';
import { type EntityManager, rowsOf } from '../platform/database.ts';

export const RETURN_KINDS = ['REFUND', 'CHARGEBACK', 'CHARGEBACK_REVERSAL'] as const;
export type ReturnKind = (typeof RETURN_KINDS)[number];

/** Money that went back to a buyer, or came from there again. */
export interface ReturnFacts {
  readonly kind: ReturnKind;
  /** Of the refund, or of the chargeback, which stands here twice when it was won. */
  readonly id: string;
  readonly orderId: string;
  /** Positive, also for a reversal. */
  readonly amountMinor: bigint;
  readonly settledAt: Date;
  /** What the provider asks for a chargeback; zero otherwise. A reversal does not give it back. */
  readonly feeMinor: bigint;
}

/**
 * Every refund that was paid back, every chargeback that was opened, and every one of these that was won, of orders that
 * were paid; by time, then by id. A chargeback is won no earlier than it was opened, whatever the provider's clock says.
 */
export async function findReturnFacts(
  em: EntityManager,
  { orderIds }: { orderIds: readonly string[] },
): Promise<ReturnFacts[]> {
  const { rows } = await sql<ReturnFacts>`
    select returned.* from (
      select 'REFUND' as kind, id, order_id as "orderId", amount_minor as "amountMinor", settled_at as "settledAt",
             0::bigint as "feeMinor"
      from refunds where order_id = any(${orderIds}::uuid[]) and state = 'SUCCEEDED'
      union all
      select 'CHARGEBACK', id, order_id, amount_minor, opened_at, coalesce(fee_minor, 0)
      from chargebacks where order_id = any(${orderIds}::uuid[]) and opened_at is not null
      union all
      select 'CHARGEBACK_REVERSAL', id, order_id, amount_minor, greatest(closed_at, opened_at), 0
      from chargebacks where order_id = any(${orderIds}::uuid[]) and opened_at is not null and state = 'WON'
    ) returned
    join orders on orders.id = returned."orderId" and orders.paid_at is not null
    order by "settledAt", returned.id, kind`.execute(rowsOf(em));
  return rows;
}
