import { sql } from 'kysely';
import { type EntityManager, rowsOf } from '../platform/database.ts';

/** What a reallocation needs to know of a contract before it reads any sale. */
export interface ReallocatedContract {
  readonly supplierIds: readonly string[];
  /** Every version that was ever signed. */
  readonly versionIds: readonly string[];
}

export async function findReallocatedContract(em: EntityManager, contractId: string): Promise<ReallocatedContract> {
  const { rows } = await sql<ReallocatedContract>`
    select array(select partner_id::text from contract_parties
             where contract_id = ${contractId}::uuid and role = 'SUPPLIER' order by 1) as "supplierIds",
           array(select id::text from contract_versions
             where contract_id = ${contractId}::uuid and recorded_at is not null) as "versionIds"`.execute(rowsOf(em));
  return rows[0] ?? { supplierIds: [], versionIds: [] };
}

/**
 * Items that a version of the contract splits, but not the one that held when they were sold, as known now; in the order
 * in which their sales were booked.
 *
 * @param after those booked after this one
 */
export async function findOutdatedItems(
  em: EntityManager,
  { contractId, after, limit }: { contractId: string; after: bigint; limit: number },
): Promise<{ orderItemId: string; sequence: bigint }[]> {
  const { rows } = await sql<{ orderItemId: string; sequence: bigint }>`
    select sale.order_item_id as "orderItemId", sale.sequence
    from contract_versions version
    join allocations standing on standing.contract_version_id = version.id
      and standing.kind in ('SALE', 'REALLOCATION')
      and not exists (select from allocations later where later.supersedes_id = standing.id)
    join allocations sale on sale.order_item_id = standing.order_item_id and sale.kind = 'SALE'
    where version.contract_id = ${contractId}::uuid and sale.sequence > ${after}
      and version.id <> (select best.id from contract_versions best
        where best.contract_id = ${contractId}::uuid and best.recorded_at is not null
          and best.effective_from <= standing.effective_at
        order by best.number desc limit 1)
    order by sale.sequence limit ${limit}`.execute(rowsOf(em));
  return rows;
}

/** What was given back of an item, one step. */
export interface ReturnStep {
  readonly orderItemId: string;
  readonly sequence: bigint;
  readonly beforeMinor: bigint;
  readonly afterMinor: bigint;
}

/** Everything that was ever given back of items, in the order of booking. */
export async function findReturnSteps(em: EntityManager, orderItemIds: readonly string[]): Promise<ReturnStep[]> {
  const { rows } = await sql<ReturnStep>`
    select order_item_id as "orderItemId", sequence, (facts ->> 'refundedBeforeMinor')::bigint as "beforeMinor",
           (facts ->> 'refundedAfterMinor')::bigint as "afterMinor"
    from allocations
    where order_item_id = any(${orderItemIds}::uuid[]) and kind in ('REFUND', 'CHARGEBACK', 'CHARGEBACK_REVERSAL')
    order by sequence`.execute(rowsOf(em));
  return rows;
}

export async function findOrdersOfItems(em: EntityManager, orderItemIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ orderId: string }>`
    select distinct order_id as "orderId" from order_items where id = any(${orderItemIds}::uuid[])`.execute(rowsOf(em));
  return rows.map(({ orderId }) => orderId);
}
