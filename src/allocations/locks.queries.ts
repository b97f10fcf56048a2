import { sql } from 'kysely';
import { type EntityManager, rowsOf } from '../platform/database.ts';

/**
 * Makes bookings of the same orders wait for each other until the transaction ends, and a reallocation of the whole of a
 * supplier's sales wait for them. Everybody locks orders first, then suppliers, then counters, each in one order.
 */
export async function lockOrders(em: EntityManager, orderIds: readonly string[]): Promise<void> {
  await sql`
    with locked as materialized (
      select id from orders where id = any(${orderIds}::uuid[]) order by id for no key update),
    suppliers as materialized (
      select distinct item.owner_partner_id::text as id from locked
      join order_items item on item.order_id = locked.id order by 1)
    select pg_advisory_xact_lock_shared(hashtextextended('sales of ' || id, 0)) from suppliers`.execute(rowsOf(em));
}

/** Waits until nobody books sales of these suppliers, and keeps everybody from it until the transaction ends. */
export async function lockSuppliers(em: EntityManager, supplierIds: readonly string[]): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended('sales of ' || id, 0))
    from (select distinct id from unnest(${supplierIds}::text[]) as id order by 1) suppliers`.execute(rowsOf(em));
}
