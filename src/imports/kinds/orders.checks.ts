import { type MergeContext, STAGED } from './importer.ts';
import { idsOf } from './references.ts';

/** Table of the orders that the staged lines make. */
export const STAGED_ORDERS = 'staged_orders';

const OF_THE_ORDER = '"user", currency, total_minor, fee_minor, paid_at, provider, payment_reference, method';

/** Refuses lines that contradict each other, and then all lines of orders that lost one, or contradict what is there. */
export async function refuseBrokenOrders(context: MergeContext): Promise<void> {
  await refuseContradictions(context);
  await refuseIncomplete(context);
  await stageOrders(context);
  await refuseChanged(context);
}

async function refuseContradictions({ refuse }: MergeContext): Promise<void> {
  await refuse(`
    select line, 'order' as column_name, format('differs from line %s of the same order', first_line) as reason
    from (
      select line, row(${OF_THE_ORDER})::text as facts, min(line) over lines as first_line,
        first_value(row(${OF_THE_ORDER})::text) over (partition by order_id order by line) as first_facts
      from ${STAGED} window lines as (partition by order_id)) compared
    where facts <> first_facts`);
  await refuse(`
    select line, 'content' as column_name, format('is in the order by line %s', first_line) as reason
    from (
      select line, min(line) over (partition by order_id, ids.id) as first_line
      from ${STAGED} join ${idsOf('content')} ids on ids.ref = ${STAGED}.content) repeated
    where line <> first_line`);
}

/** An order that lost a line, here or before it could be read, no longer adds up: half an order is none. */
async function refuseIncomplete({ refuse }: MergeContext): Promise<void> {
  await refuse(`
    select line, 'total' as column_name, 'is not the sum of the prices on the good lines of the order' as reason
    from (select line, total_minor, sum(price_minor) over (partition by order_id) as paid from ${STAGED}) summed
    where paid <> total_minor`);
}

/** One row an order, with a digest of all that it says: the same digest is the same order. */
async function stageOrders({ session }: MergeContext): Promise<void> {
  const facts = `${OF_THE_ORDER.replace('"user"', 'user_ids.id')}`;
  const items = `string_agg(content_ids.id || ' ' || price_minor, ',' order by content_ids.id)`;
  await session.execute(`
    create temporary table ${STAGED_ORDERS} on commit drop as
    select order_id as id, ${facts.replace('user_ids.id', 'user_ids.id as user_id')}, count(*)::integer as items,
      encode(sha256(convert_to(row(user_ids.id, currency, total_minor, fee_minor, extract(epoch from paid_at), provider,
        payment_reference, method)::text || ${items}, 'UTF8')), 'hex') as input_hash,
      not exists (select from orders where orders.id = order_id) as is_new
    from ${STAGED}
    join user_ids on user_ids.ref = ${STAGED}."user"
    join content_ids on content_ids.ref = ${STAGED}.content
    group by order_id, ${facts}`);
  await session.execute(`create unique index on ${STAGED_ORDERS} (id)`);
  await session.analyse(STAGED_ORDERS);
}

async function refuseChanged(context: MergeContext): Promise<void> {
  const { refuse, session } = context;
  await refuse(`
    select line, 'order' as column_name, 'went in before, and the file now tells it differently' as reason
    from ${STAGED} join ${STAGED_ORDERS} told on told.id = order_id join orders known on known.id = order_id
    where known.input_hash <> told.input_hash`);
  await refuse(`
    select line, 'payment_reference' as column_name, 'is that of another order' as reason
    from ${STAGED} where exists (
      select from payments
      where payments.provider = ${STAGED}.provider and provider_reference = payment_reference
        and payments.order_id <> ${STAGED}.order_id)
    or exists (
      select from ${STAGED_ORDERS} other
      where other.provider = ${STAGED}.provider and other.payment_reference = ${STAGED}.payment_reference
        and other.id <> ${STAGED}.order_id)`);
  await session.execute(`delete from ${STAGED_ORDERS} where id not in (select order_id from ${STAGED})`);
}
