import type { ConversionService } from '../campaigns/index.ts';
import type { OutboxService } from '../outbox/index.ts';
import type { EntityManager } from '../platform/database.ts';
import { system } from '../shared/actor.ts';
import { Chargeback } from './chargeback.entity.ts';
import type { EntitlementService } from './entitlement.service.ts';
import { findStanding } from './locked-payment.ts';
import type { Order } from './order.entity.ts';
import { OrderItem } from './order-item.entity.ts';
import type { Payment } from './payment.entity.ts';
import { Refund } from './refund.entity.ts';

const PAYMENTS = system('payments');

interface Collaborators {
  readonly outbox: OutboxService;
  readonly entitlements: EntitlementService;
  readonly conversions: ConversionService;
}

/** What follows for an order from where its money is. Whoever calls it holds the payment. */
export class Fulfilment {
  readonly #with: Collaborators;

  constructor(collaborators: Collaborators) {
    this.#with = collaborators;
  }

  /**
   * Everything that a paid order sets off. Its conversion counts from when the learner decided, not from capture. What
   * went back may have been told of before the capture: it has waited for the sale that it takes back.
   */
  async begin(em: EntityManager, { order, payment }: { order: Order; payment: Payment }): Promise<void> {
    const { outbox, entitlements, conversions } = this.#with;
    const at = payment.capturedAt ?? payment.createdAt;
    order.pay(at);
    const { id: orderId, userId, totalMinor: valueMinor, currency, placedAt: occurredAt } = order;
    const items = await em.find(OrderItem, { orderId }, { orderBy: { position: 'asc' } });
    await entitlements.grant(em, { userId, orderId, contentIds: items.map((item) => item.contentId), at });
    await conversions.recordPurchase(em, { orderId, userId, valueMinor, currency, occurredAt });
    outbox.enqueue(em, { job: 'settle-sale', payload: { orderId }, requestedBy: PAYMENTS });
    for (const { id: refundId } of await em.find(Refund, { orderId, state: 'SUCCEEDED' })) {
      outbox.enqueue(em, { job: 'settle-refund', payload: { refundId }, requestedBy: PAYMENTS });
    }
    for (const { id: chargebackId } of await em.find(Chargeback, { orderId, openedAt: { $ne: null } })) {
      outbox.enqueue(em, { job: 'settle-chargeback', payload: { chargebackId }, requestedBy: PAYMENTS });
    }
    await this.follow(em, { order, payment });
  }

  /**
   * Brings order, access and campaigns in line with where the money is now. A function of what is stored, so that it
   * comes to the same whatever the order in which notices arrived: access goes when all of the money is back for good,
   * and returns when a lost chargeback is won after all.
   */
  async follow(em: EntityManager, { order, payment }: { order: Order; payment: Payment }): Promise<void> {
    if (!payment.wasCaptured()) return;
    const { entitlements, conversions } = this.#with;
    await em.flush();
    const { allBackAt, returnedMinor } = await findStanding(em, payment);
    payment.standAt(allBackAt);
    if (!order.paidAt) return;
    const { id: orderId } = order;
    order.standAt(allBackAt);
    await em.flush();
    if (allBackAt) await entitlements.revoke(em, { orderId, at: allBackAt });
    else await entitlements.restore(em, orderId);
    await conversions.recordRefund(em, { orderId, refundedMinor: returnedMinor });
  }
}
