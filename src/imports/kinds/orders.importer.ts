import { idFromName } from '../../shared/ids.ts';
import { optional, RefusedCellError, required } from './columns.ts';
import { amount, code, currency, instant, reference, text, visibleAscii } from './fields.ts';
import { defineImporter } from './importer.ts';
import { refuseOutOfTime } from './merge.sql.ts';
import { minorOf } from './money-cell.ts';
import { refuseBrokenOrders } from './orders.checks.ts';
import { insertOrders, noteConsequences } from './orders.merge.ts';
import { resolve } from './references.ts';

/** Paid orders from another shop. A line is one content of an order; lines of the same order go together. */
export const ordersImporter = defineImporter({
  kind: 'orders',
  summary: 'paid orders of the past, a line for each content of an order',
  notes:
    'What the lines of an order say of the order as a whole must be the same, and their prices must add up to total: an ' +
    'order goes in whole or not at all. Orders are facts: one that is there already counts as unchanged, or is refused ' +
    'when the file tells it differently. Each new order grants its contents, counts for campaigns and is settled by the ' +
    'workers under the contracts in force when it was paid.',
  columns: {
    order: required(reference(), 'name of the order in your system', 'shop:90017'),
    user: required(reference(), 'external_ref, id or e-mail address of the learner', 'crm:1041'),
    content: required(reference(), 'external_ref or id of the content', 'cms:py-101'),
    price: required(amount(), 'what was paid for the content, in major units', '199.00'),
    currency: required(currency(), 'ISO 4217 code', 'CNY'),
    total: required(amount(), 'what was paid for the order', '199.00'),
    fee: optional(amount(), 'what the payment provider kept; 0 unless given', '1.19'),
    paid_at: required(instant(), 'ISO 8601 with offset', '2026-03-01T09:30:00+08:00'),
    provider: required(code(), 'payment provider', 'alipay'),
    payment_reference: required(visibleAscii(128), "the provider's name of the payment", '2026030122001'),
    method: optional(text(60), 'what was paid with; "import" unless given', 'wallet'),
  },
  staging: {
    order_id: 'uuid',
    user: 'text',
    content: 'text',
    price_minor: 'bigint',
    currency: 'text',
    total_minor: 'bigint',
    fee_minor: 'bigint',
    paid_at: 'timestamptz',
    provider: 'text',
    payment_reference: 'text',
    method: 'text',
  },
  tables: ['orders', 'order_items', 'payments', 'entitlements', 'interactions', 'conversions'],
  stage(row) {
    const { user, content, paid_at, provider, payment_reference } = row;
    const total_minor = minorOf(row, 'total');
    const fee_minor = minorOf({ currency: row.currency, fee: row.fee ?? '0' }, 'fee');
    if (total_minor === 0n) throw new RefusedCellError('total', 'must be more than 0');
    if (fee_minor > total_minor) throw new RefusedCellError('fee', 'is more than the total');
    return {
      order_id: idFromName('imported order', row.order),
      user,
      content,
      price_minor: minorOf(row, 'price'),
      currency: row.currency,
      total_minor,
      fee_minor,
      paid_at,
      provider,
      payment_reference,
      method: row.method ?? 'import',
    };
  },
  async merge(context) {
    await resolve(context, { column: 'user', table: 'users', by: ['external_ref', 'email'], what: 'learner' });
    await resolve(context, { column: 'content', table: 'contents', by: ['external_ref'], what: 'content' });
    await refuseOutOfTime(context, 'paid_at');
    await refuseBrokenOrders(context);
    const inserted = await insertOrders(context);
    await noteConsequences(context);
    return { inserted, updated: 0 };
  },
});
