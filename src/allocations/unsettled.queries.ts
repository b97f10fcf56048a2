import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { OrderItemSchema, OrderSchema, RefundSchema } from '../orders/index.ts';
import type { Database } from '../platform/database.ts';
import type { AllocationSchema } from './allocation.entity.ts';

type Tables = InferKyselyDB<
  typeof AllocationSchema | typeof OrderSchema | typeof OrderItemSchema | typeof RefundSchema
>;

/** Paid orders with a priced item that is not in the books, the longest waiting first. @param limit at most so many */
export async function findUnsettledOrderIds(database: Database, limit: number): Promise<string[]> {
  const rows = await database
    .read<Tables>()
    .selectFrom('orders')
    .select('orders.id')
    .where('orders.paid_at', 'is not', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('order_items')
          .select('order_items.id')
          .whereRef('order_items.order_id', '=', 'orders.id')
          .where('order_items.price_minor', '>', 0n)
          .where(sql<boolean>`not exists (select from allocations sale
            where sale.order_item_id = order_items.id and sale.refund_id is null)`),
      ),
    )
    .orderBy('orders.paid_at')
    .orderBy('orders.id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Refunds that were paid back and are not in the books, the longest waiting first. @param limit at most so many */
export async function findUnsettledRefundIds(database: Database, limit: number): Promise<string[]> {
  const rows = await database
    .read<Tables>()
    .selectFrom('refunds')
    .select('refunds.id')
    .where('refunds.state', '=', 'SUCCEEDED')
    .where(sql<boolean>`not exists (select from allocations taken where taken.refund_id = refunds.id)`)
    .orderBy('refunds.settled_at')
    .orderBy('refunds.id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}
