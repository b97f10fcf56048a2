import { sql } from 'kysely';
import type { OutboxService } from '../outbox/index.ts';
import { bulkInsert } from '../platform/bulk-insert.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, requirePartner, system } from '../shared/actor.ts';
import { ForbiddenError } from '../shared/domain-error.ts';
import { idFromName } from '../shared/ids.ts';
import { CAMPAIGN_MANAGERS } from './campaign-access.ts';
import { CampaignPartner } from './campaign-partner.entity.ts';
import { requestRecompute } from './campaign-recompute.ts';
import { type ConversionEvent, checkConversion } from './conversion-event.ts';
import { checkBatch, findKnownUsers, lockReporter, type RecordedEvents, sortOut } from './event-intake.ts';
import { findCampaignsOfPeople } from './people.queries.ts';
import { linkVisitors } from './visitor-links.ts';

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
      id: idFromName('conversion:order', purchase.orderId),
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
    await this.#recompute(em, { ids: rows.map((row) => row.id), requestedBy: ORDERS });
  }

  /**
   * Takes what went back to the buyer off an order's conversion, or gives some of it back when a chargeback is won. Safe
   * to call twice. The caller holds the order's payment, so that the last word is the newest.
   *
   * @param refund `refundedMinor`: all that the buyer has back of the order by now, not the last refund alone
   */
  async recordRefund(em: EntityManager, refund: { orderId: string; refundedMinor: bigint }): Promise<void> {
    const { rows } = await sql<{ id: string }>`
      update conversions set refunded_minor = ${refund.refundedMinor}
      where order_id = ${refund.orderId} and refunded_minor <> ${refund.refundedMinor}
      returning id`.execute(rowsOf(em));
    const ids = rows.map((row) => row.id);
    if (ids.length > 0) await this.#recompute(em, { ids, requestedBy: ORDERS });
  }

  /**
   * Takes conversions that a partner saw in its own house, under the rules of `TouchpointService.record`. What is sold
   * on the platform comes from its orders and is not reported.
   *
   * @param batch `events`: from 1 to `MAX_EVENTS`
   * @throws InvalidInputError when there are no events, or too many
   * @throws ForbiddenError for anybody but an owner or manager of the partner, or when it takes part in no campaign
   */
  async record(
    actor: Actor,
    { partnerId, events }: { partnerId: string; events: readonly ConversionEvent[] },
  ): Promise<RecordedEvents> {
    requirePartner(actor, partnerId, { memberRoles: CAMPAIGN_MANAGERS });
    checkBatch(events);
    const now = this.#platform.clock.now();
    return this.#platform.database.transaction(async (em) => {
      await lockReporter(em, partnerId);
      if (!(await em.findOne(CampaignPartner, { partnerId }))) throw new ForbiddenError();
      const facts = { partnerId, now, userIds: await findKnownUsers(em, events) };
      const { rows, refused } = sortOut(events, (event) => checkConversion(event, facts));
      const accepted = await bulkInsert(em, 'conversions', rows);
      if (accepted > 0) {
        await linkVisitors(em, rows);
        await this.#recompute(em, { ids: rows.map((row) => row.id), requestedBy: actor });
      }
      return { accepted, duplicates: rows.length - accepted, refused };
    });
  }

  /** Everything of these people may look different now. */
  async #recompute(em: EntityManager, { ids, requestedBy }: { ids: string[]; requestedBy: Actor }): Promise<void> {
    const campaignIds = await findCampaignsOfPeople(em, { table: 'conversions', ids, convertedSince: null });
    await requestRecompute(this.#outbox, em, { campaignIds, requestedBy });
  }
}
