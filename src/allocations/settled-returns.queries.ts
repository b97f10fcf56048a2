import { sql } from 'kysely';
import type { ReturnKind } from '../orders/index.ts';
import { bulkInsert } from '../platform/bulk-insert.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import { invariant } from '../shared/invariant.ts';
import type { AllocationTables } from './allocation.queries.ts';

/** A return that is in the books. */
export interface SettledReturnRow {
  readonly kind: ReturnKind;
  readonly sourceId: string;
  readonly orderId: string;
  readonly movedMinor: bigint;
  readonly sharedMinor: bigint;
  readonly feeMinor: bigint;
  readonly settledAt: Date;
}

/** What of the returns of orders is in the books. */
export function findSettledReturns(em: EntityManager, orderIds: readonly string[]): Promise<SettledReturnRow[]> {
  return rowsOf<AllocationTables>(em)
    .selectFrom('settled_returns')
    .select(['kind', 'source_id as sourceId', 'order_id as orderId', 'moved_minor as movedMinor'])
    .select(['shared_minor as sharedMinor', 'fee_minor as feeMinor', 'settled_at as settledAt'])
    .where(isAnyOf('order_id', orderIds))
    .execute();
}

export async function insertSettledReturns(em: EntityManager, rows: readonly SettledReturnRow[]): Promise<void> {
  const stored = rows.map((row) => ({
    kind: row.kind,
    source_id: row.sourceId,
    order_id: row.orderId,
    moved_minor: row.movedMinor,
    shared_minor: row.sharedMinor,
    fee_minor: row.feeMinor,
    settled_at: row.settledAt,
  }));
  invariant((await bulkInsert(em, 'settled_returns', stored)) === rows.length, 'every return is settled once');
}

export interface ReturnSources {
  readonly refundIds: readonly string[];
  readonly chargebackIds: readonly string[];
}

/** The orders that refunds and chargebacks are of. */
export async function findOrdersOfReturns(
  em: EntityManager,
  { refundIds, chargebackIds }: ReturnSources,
): Promise<string[]> {
  const { rows } = await sql<{ orderId: string }>`
    select order_id as "orderId" from refunds where id = any(${refundIds}::uuid[])
    union select order_id from chargebacks where id = any(${chargebackIds}::uuid[])`.execute(rowsOf(em));
  return rows.map(({ orderId }) => orderId);
}
