import { sql } from 'kysely';
import type { Database } from '../platform/database.ts';

/** Paid orders with a priced item that is not in the books, the longest waiting first. @param limit at most so many */
export async function findUnsettledOrderIds(database: Database, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select orders.id from orders
    where orders.paid_at is not null
      and exists (select from order_items item
        where item.order_id = orders.id and item.list_price_minor > 0
          and not exists (select from allocations sale where sale.order_item_id = item.id and sale.kind = 'SALE'))
    order by orders.paid_at, orders.id limit ${limit}`.execute(database.read());
  return rows.map(({ id }) => id);
}

/**
 * Refunds that were paid back, and chargebacks that were opened or won, that are not in the books; the longest waiting
 * first. Those of orders that were never paid are nobody's: they go back as they came.
 *
 * @param limit at most so many
 */
export async function findUnsettledReturns(
  database: Database,
  limit: number,
): Promise<{ refundIds: string[]; chargebackIds: string[] }> {
  const { rows } = await sql<{ id: string; isRefund: boolean }>`
    select waiting.id, "isRefund" from (
      select id, order_id, true as "isRefund", 'REFUND' as kind, settled_at as at from refunds
      where state = 'SUCCEEDED'
      union all
      select id, order_id, false, 'CHARGEBACK', opened_at from chargebacks where opened_at is not null
      union all
      select id, order_id, false, 'CHARGEBACK_REVERSAL', closed_at from chargebacks
      where opened_at is not null and state = 'WON'
    ) waiting
    join orders on orders.id = waiting.order_id and orders.paid_at is not null
    where not exists (select from settled_returns settled
      where settled.kind = waiting.kind and settled.source_id = waiting.id)
    order by waiting.at, waiting.id limit ${limit}`.execute(database.read());
  const idsOf = (isRefund: boolean) => [
    ...new Set(rows.filter((row) => row.isRefund === isRefund).map(({ id }) => id)),
  ];
  return { refundIds: idsOf(true), chargebackIds: idsOf(false) };
}
