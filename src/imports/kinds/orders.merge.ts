import { idFromNameSql } from '../id-from-name.sql.ts';
import { type MergeContext, STAGED } from './importer.ts';
import { STAGED_ORDERS } from './orders.checks.ts';

const PAGE = 2_000;

interface NewOrder {
  readonly id: string;
  readonly user_id: string;
  readonly currency: string;
  readonly total_minor: bigint;
  readonly paid_at: Date;
  readonly content_ids: string[];
}

/** @returns number of lines that went in */
export async function insertOrders({ session, now }: MergeContext): Promise<number> {
  await session.execute(`
    insert into orders (id, user_id, state, currency, total_minor, idempotency_key, input_hash, placed_at, paid_at)
    select id, user_id, 'PAID', currency, total_minor, 'import:' || id, input_hash, paid_at, paid_at
    from ${STAGED_ORDERS} where is_new`);
  await session.execute(
    `insert into payments (id, order_id, provider, provider_reference, method, state, amount_minor, fee_minor, currency,
       created_at, captured_at)
     select ${idFromNameSql("'payment of an imported order'", 'id::text')}, id, provider, payment_reference, method,
       'CAPTURED', total_minor, fee_minor, currency, $1, paid_at
     from ${STAGED_ORDERS} where is_new`,
    [now],
  );
  const lines = `${STAGED} join ${STAGED_ORDERS} told on told.id = order_id and told.is_new
    join content_ids on content_ids.ref = ${STAGED}.content join contents on contents.id = content_ids.id`;
  const named = (what: string) => idFromNameSql(`'${what}'`, "concat(order_id, ':', contents.id)");
  const inserted = await session.execute(`
    insert into order_items (id, order_id, position, content_id, owner_partner_id, domain_code, module,
      list_price_minor, discount_minor, price_minor, tax_minor)
    select ${named('item of an imported order')}, order_id,
      row_number() over (partition by order_id order by line) - 1, contents.id, contents.partner_id,
      contents.domain_code, contents.module, ${STAGED}.price_minor, 0, ${STAGED}.price_minor, 0
    from ${lines}`);
  await session.execute(`
    insert into entitlements (id, user_id, content_id, order_id, granted_at)
    select ${named('entitlement of an imported order')}, told.user_id, contents.id, order_id, told.paid_at from ${lines}`);
  return inserted;
}

/** What follows from a paid order wherever it was paid: interactions, conversions, and a job that settles it. */
export async function noteConsequences({ session, services, now, by }: MergeContext): Promise<void> {
  await session.execute(`
    declare new_orders cursor for
    select told.id, told.user_id, told.currency, told.total_minor, told.paid_at, array_agg(content_id) as content_ids
    from ${STAGED_ORDERS} told join order_items on order_id = told.id where is_new
    group by told.id, told.user_id, told.currency, told.total_minor, told.paid_at`);
  for (;;) {
    const page = await session.query<NewOrder>(`fetch ${PAGE} from new_orders`);
    await services.conversions.recordPurchases(session.em, page.map(toPurchase));
    for (const { id: orderId, user_id: userId, content_ids: contentIds, paid_at: at } of page) {
      await services.interactions.recordPurchases(session.em, { userId, contentIds, orderId, at });
    }
    if (page.length < PAGE) break;
  }
  await session.execute('close new_orders');
  await session.execute(
    `insert into outbox_messages (id, job, payload, created_at, requested_by)
     select gen_random_uuid(), 'settle-sale', jsonb_build_object('orderId', id), $1, $2
     from ${STAGED_ORDERS} where is_new order by paid_at`,
    [now, by],
  );
}

function toPurchase(order: NewOrder) {
  const { id: orderId, user_id: userId, currency, total_minor: valueMinor, paid_at: occurredAt } = order;
  return { orderId, userId, currency, valueMinor, occurredAt };
}
