import { sql } from 'kysely';
import type { OutboxService } from '../outbox/index.ts';
import { bulkInsert } from '../platform/bulk-insert.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { system } from '../shared/actor.ts';
import { idFromName } from '../shared/ids.ts';
import { requestRecompute } from './campaign-recompute.ts';
import { findCampaignsOfPeople } from './people.queries.ts';

export interface Purchase {
  readonly orderId: string;
  readonly userId: string;
  readonly valueMinor: bigint;
  readonly currency: string;
  readonly occurredAt: Date;
}

const ORDERS = system('orders');

/** What people did that campaigns want: registrations, purchases, leads. */
export class ConversionService {
  readonly #platform: Platform;
  readonly #outbox: OutboxService;

  constructor(platform: Platform, outbox: OutboxService) {
    this.#platform = platform;
    this.#outbox = outbox;
  }

  /** Records a paid order as a conversion, in the transaction that captures the payment. Safe to call twice. */
  recordPurchase(em: EntityManager, purchase: Purchase): Promise<void> {
    return this.recordPurchases(em, [purchase]);
  }

  /** As `recordPurchase`, for any number of orders in a few statements. */
  async recordPurchases(em: EntityManager, purchases: readonly Purchase[]): Promise<void> {
    const receivedAt = this.#platform.clock.now();
    const rows = purchases.map((purchase) => ({
      id: conversionOfOrder(purchase.orderId),
      kind: 'PURCHASE',
      user_id: purchase.userId,
      order_id: purchase.orderId,
      value_minor: purchase.valueMinor,
      refunded_minor: 0n,
      currency: purchase.currency,
      occurred_at: purchase.occurredAt,
      received_at: receivedAt,
    }));
    if ((await bulkInsert(em, 'conversions', rows)) === 0) return;
    await this.#recomputeFor(
      em,
      rows.map((row) => row.id),
    );
  }

  /**
   * Takes what went back to the buyer off an order's conversion. Safe to call twice, and in any order.
   *
   * @param refund `refundedMinor`: all that was paid back on the order so far, not the last refund alone
   */
  async recordRefund(em: EntityManager, refund: { orderId: string; refundedMinor: bigint }): Promise<void> {
    const id = conversionOfOrder(refund.orderId);
    const { numAffectedRows } = await sql`
      update conversions set refunded_minor = ${refund.refundedMinor}
      where id = ${id} and refunded_minor < ${refund.refundedMinor}`.execute(rowsOf(em));
    if (numAffectedRows === 1n) await this.#recomputeFor(em, [id]);
  }

  async #recomputeFor(em: EntityManager, conversionIds: readonly string[]): Promise<void> {
    const people = { table: 'conversions', ids: conversionIds, convertedSince: null } as const;
    const campaignIds = await findCampaignsOfPeople(em, people);
    await requestRecompute(this.#outbox, em, { campaignIds, requestedBy: ORDERS });
  }
}

/** One order makes one conversion. */
export function conversionOfOrder(orderId: string): string {
  return idFromName('conversion:order', orderId);
}
