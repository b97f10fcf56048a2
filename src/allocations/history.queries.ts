import { sql } from 'kysely';
import type { EntityManager } from '../platform/database.ts';
import { findBookedItems } from './booked-items.queries.ts';
import { findReturnSteps } from './reallocation.queries.ts';
import type { History } from './replay.ts';

/** What was booked of a contract's sales from one booking on: sales, and returns also of earlier ones. */
export async function findHistory(
  em: EntityManager,
  { contractId, from }: { contractId: string; from: bigint },
): Promise<History> {
  const items = await findBookedItems(
    em,
    sql<boolean>`standing.contract_version_id in (select id from contract_versions where contract_id = ${contractId}::uuid)
      and (sale.sequence >= ${from} or exists (select from allocations part
        where part.order_item_id = item.id and part.sequence >= ${from}
          and part.kind in ('REFUND', 'CHARGEBACK', 'CHARGEBACK_REVERSAL')))`,
  );
  const returns = await findReturnSteps(
    em,
    items.map(({ allocation }) => allocation.orderItemId),
  );
  return { items, returns, from };
}
