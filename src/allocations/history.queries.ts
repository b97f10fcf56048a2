import { sql } from 'kysely';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { Month } from '../shared/month.ts';
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

/** How much there is to go through for the sales of a month. */
export interface MonthOfSales {
  /** The first booking of them; null when there is none. */
  readonly first: bigint | null;
  /** Sales of the contract that were booked from the first of them on, those of other months with them. */
  readonly salesSince: bigint;
}

export async function measureMonth(
  em: EntityManager,
  { contractId, period }: { contractId: string; period: Month },
): Promise<MonthOfSales> {
  const { rows } = await sql<MonthOfSales>`
    with sold as (
      select sale.sequence, sale.period
      from contract_versions version
      join allocations standing on standing.contract_version_id = version.id
        and standing.kind in ('SALE', 'REALLOCATION')
        and not exists (select from allocations later where later.supersedes_id = standing.id)
      join allocations sale on sale.order_item_id = standing.order_item_id and sale.kind = 'SALE'
      where version.contract_id = ${contractId}::uuid),
    month as (select min(sequence) as first from sold where period = ${period})
    select first, (select count(*) from sold where sold.sequence >= first) as "salesSince" from month`.execute(
    rowsOf(em),
  );
  return rows[0] ?? { first: null, salesSince: 0n };
}
