import type { InteractionKind } from '../../src/interactions/index.ts';
import { bulkInsert } from '../../src/platform/bulk-insert.ts';
import type { TestApp } from './test-app.ts';

export interface CrowdOptions {
  readonly occupation?: string;
  readonly locale?: string;
}

/** People without sessions, by one statement. @returns their ids */
export async function aCrowd(app: TestApp, size: number, options: CrowdOptions = {}): Promise<string[]> {
  const ids = Array.from({ length: size }, () => app.platform.ids.next());
  const rows = ids.map((id) => ({
    id,
    email: `${id}@example.com`,
    display_name: 'One of a crowd',
    roles: ['LEARNER'],
    locale: options.locale ?? 'zh-CN',
    country: 'CN',
    occupation: options.occupation ?? null,
    interests: [],
    goals: [],
    created_at: app.clock.now(),
  }));
  await app.platform.database.transaction((em) => bulkInsert(em, 'users', rows));
  return ids;
}

export interface Deed {
  readonly userId: string;
  readonly contentId: string;
  readonly kind?: InteractionKind;
  /** An hour ago unless given. */
  readonly at?: Date;
}

const HOUR_MS = 3_600_000;

/** Interactions as they lie in the table. VIEW unless given. */
export async function deeds(app: TestApp, done: readonly Deed[]): Promise<void> {
  const rows = done.map(({ userId, contentId, kind = 'VIEW', at }) => ({
    id: app.platform.ids.next(),
    user_id: userId,
    content_id: contentId,
    kind,
    value: null,
    occurred_at: at ?? new Date(app.clock.now().getTime() - HOUR_MS),
    received_at: app.clock.now(),
  }));
  await app.platform.database.transaction((em) => bulkInsert(em, 'interactions', rows));
}

export interface Sale {
  readonly userId: string;
  readonly content: { readonly id: string; readonly partnerId: string };
  readonly priceMinor: bigint;
  readonly currency?: string;
  /** An hour ago unless given. */
  readonly at?: Date;
}

/** Paid orders of one item, as they lie in the tables. @returns their ids */
export async function paidOrders(app: TestApp, sales: readonly Sale[]): Promise<string[]> {
  const rows = sales.map((sale) => ({ ...sale, id: app.platform.ids.next(), at: sale.at ?? anHourAgo(app) }));
  const orders = rows.map(({ id, userId, priceMinor, currency = 'CNY', at }) => ({
    id,
    user_id: userId,
    state: 'PAID',
    currency,
    total_minor: priceMinor,
    idempotency_key: id,
    input_hash: id,
    placed_at: at,
    paid_at: at,
  }));
  const items = rows.map(({ id, content, priceMinor }) => ({
    id: app.platform.ids.next(),
    order_id: id,
    position: 0,
    content_id: content.id,
    owner_partner_id: content.partnerId,
    domain_code: 'technology',
    module: 'COURSE',
    list_price_minor: priceMinor,
    discount_minor: 0n,
    price_minor: priceMinor,
    tax_minor: 0n,
  }));
  await app.platform.database.transaction(async (em) => {
    await bulkInsert(em, 'orders', orders);
    await bulkInsert(em, 'order_items', items);
  });
  return rows.map(({ id }) => id);
}

/** A part of a payment that went back, as it lies in the table. */
export async function paidBack(app: TestApp, refund: { orderId: string; amountMinor: bigint }): Promise<void> {
  const id = app.platform.ids.next();
  const at = app.clock.now();
  const row = {
    id,
    order_id: refund.orderId,
    amount_minor: refund.amountMinor,
    reason: 'The learner changed their mind.',
    state: 'SUCCEEDED',
    idempotency_key: id,
    provider_reference: `sbx_${id}`,
    requested_by: 'system:test',
    requested_at: at,
    settled_at: at,
  };
  await app.platform.database.transaction((em) => bulkInsert(em, 'refunds', [row]));
}

function anHourAgo(app: TestApp): Date {
  return new Date(app.clock.now().getTime() - HOUR_MS);
}
