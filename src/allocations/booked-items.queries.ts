import { type RawBuilder, sql } from 'kysely';
import { type ContractTables, findVersionsWithTerms, type VersionInForce } from '../contracts/index.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import { present } from '../shared/invariant.ts';
import { type AllocationRow, findShares } from './allocation.queries.ts';
import type { BookedItem } from './order-returns.ts';

/** The sale of one item with the order it belongs to. */
export interface BookedOrderItem extends BookedItem {
  readonly orderId: string;
  /** When its sale was booked, before or after others. */
  readonly sequence: bigint;
}

/**
 * Items as they stand in the books: the split in effect, and what was given back. Three statements more than the one
 * that finds them.
 *
 * @param which a condition on `sale`, the first allocation of an item, on `item`, and on `standing`, the split in effect
 * @returns those of one order by position
 */
export async function findBookedItems(em: EntityManager, which: RawBuilder<boolean>): Promise<BookedOrderItem[]> {
  const { rows } = await sql<AllocationRow & { orderId: string; sequence: bigint; returnedMinor: bigint }>`
    select standing.id, standing.kind, standing.order_item_id as "orderItemId", standing.refund_id as "refundId",
           standing.chargeback_id as "chargebackId", standing.supersedes_id as "supersedesId",
           standing.contract_version_id as "contractVersionId", standing.amount_minor as "amountMinor",
           standing.currency, standing.period, standing.effective_at as "effectiveAt", standing.facts,
           item.order_id as "orderId", sale.sequence,
           coalesce((select -sum(part.amount_minor) from allocations part
             where part.order_item_id = item.id and part.kind in ('REFUND', 'CHARGEBACK', 'CHARGEBACK_REVERSAL')
           ), 0)::bigint as "returnedMinor"
    from order_items item
    join allocations sale on sale.order_item_id = item.id and sale.kind = 'SALE'
    join allocations standing on standing.order_item_id = item.id and standing.kind in ('SALE', 'REALLOCATION')
      and not exists (select from allocations later where later.supersedes_id = standing.id)
    where ${which} order by item.order_id, item.position`.execute(rowsOf(em));
  const ids = rows.map(({ id }) => id);
  const sharesOf = Map.groupBy(await findShares(rowsOf(em), ids), ({ allocationId }) => allocationId);
  const versions = await findVersions(em, rows);
  return rows.map(({ orderId, sequence, returnedMinor, ...allocation }) => ({
    orderId,
    sequence,
    returnedMinor,
    allocation,
    shares: sharesOf.get(allocation.id) ?? [],
    version: present(versions.get(allocation.contractVersionId), 'the version of an allocation'),
  }));
}

async function findVersions(
  em: EntityManager,
  rows: readonly { readonly contractVersionId: string }[],
): Promise<Map<string, VersionInForce>> {
  const ids = [...new Set(rows.map(({ contractVersionId }) => contractVersionId))];
  const versions = await findVersionsWithTerms(rowsOf<ContractTables>(em), ids);
  return new Map(versions.map((version) => [version.id, version]));
}
