import { sql } from 'kysely';
import { type EntityManager, rowsOf } from '../platform/database.ts';

/**
 * Makes bookings of the same orders wait for each other until the transaction ends, and a reallocation of the whole of a
 * supplier's sales wait for them. Everybody locks orders first, then suppliers, then counters, each in one order.
 *
 * @returns those items of the orders whose sale is in the books, as it stands when the locks are held
 */
export async function lockOrders(em: EntityManager, orderIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ orderItemId: string }>`
    select allocations_lock_orders(${orderIds}::uuid[]) as "orderItemId"`.execute(rowsOf(em));
  return new Set(rows.map(({ orderItemId }) => orderItemId));
}

/** Waits until nobody books sales of these suppliers, and keeps everybody from it until the transaction ends. */
export async function lockSuppliers(em: EntityManager, supplierIds: readonly string[]): Promise<void> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended('sales of ' || id, 0))
    from (select distinct id from unnest(${supplierIds}::text[]) as id order by 1) suppliers`.execute(rowsOf(em));
}
