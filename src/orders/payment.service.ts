import { LockMode } from '@mikro-orm/core';
import type { ConversionService } from '../campaigns/index.ts';
import type { OutboxService } from '../outbox/index.ts';
import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { system } from '../shared/actor.ts';
import { present } from '../shared/invariant.ts';
import type { EntitlementService } from './entitlement.service.ts';
import { requireSameSum } from './notice-checks.ts';
import { Order } from './order.entity.ts';
import { OrderItem } from './order-item.entity.ts';
import { Payment } from './payment.entity.ts';
import type { PaymentNotice } from './payment-provider.ts';
import type { PaymentProviders } from './payment-providers.ts';
import { WebhookRefusedError } from './webhook.errors.ts';

interface Collaborators {
  readonly outbox: OutboxService;
  readonly entitlements: EntitlementService;
  readonly conversions: ConversionService;
  readonly providers: PaymentProviders;
}

/** Money from learners: asked for by a job, answered by a notice. */
export class PaymentService {
  readonly #platform: Platform;
  readonly #with: Collaborators;

  constructor(platform: Platform, collaborators: Collaborators) {
    this.#platform = platform;
    this.#with = collaborators;
  }

  /**
   * Asks the provider to collect a payment, outside of any transaction. Safe to call again at any time: the provider
   * knows the request by the payment's id, and what is settled is not asked for.
   */
  async charge(paymentId: string): Promise<void> {
    const { database } = this.#platform;
    const found = await database.orm.em.fork().findOne(Payment, { id: paymentId });
    const { provider, method, amountMinor, currency, state } = present(found, 'the payment of a job');
    if (state !== 'PENDING') return;
    const request = { paymentId, method, amountMinor, currency };
    const { reference } = await this.#with.providers.get(provider).charge(request);
    await database.transaction(async (em) => {
      const payment = await lockPayment(em, paymentId);
      if (payment) payment.providerReference ??= reference;
    });
  }

  /**
   * Does what a provider's notice about a payment asks for, in the transaction that records the notice.
   *
   * @returns whether something changed; a payment that is settled stays as it is
   * @throws WebhookRefusedError when the payment is not known, or its sum is another one
   */
  async settle(em: EntityManager, { provider, notice }: { provider: string; notice: PaymentNotice }): Promise<boolean> {
    const payment = await lockPayment(em, notice.paymentId);
    if (payment?.provider !== provider) throw new WebhookRefusedError('UNKNOWN_PAYMENT', 'There is no such payment.');
    requireSameSum(payment, notice);
    if (payment.state !== 'PENDING') return false;
    const order = await em.findOneOrFail(Order, { id: payment.orderId });
    if (notice.type === 'PAYMENT_FAILED') {
      payment.fail(notice);
      order.cancel('PAYMENT_FAILED', notice.occurredAt);
      return true;
    }
    payment.capture({ reference: notice.reference, feeMinor: notice.feeMinor, at: notice.occurredAt });
    order.moveTo('PAID', notice.occurredAt);
    await this.#fulfil(em, order, notice.occurredAt);
    return true;
  }

  /** Everything that a paid order sets off. Its conversion counts from when the learner decided, not from capture. */
  async #fulfil(em: EntityManager, order: Order, at: Date): Promise<void> {
    const { outbox, entitlements, conversions } = this.#with;
    const { id: orderId, userId, totalMinor: valueMinor, currency, placedAt: occurredAt } = order;
    const items = await em.find(OrderItem, { orderId }, { orderBy: { position: 'asc' } });
    await entitlements.grant(em, { userId, orderId, contentIds: items.map((item) => item.contentId), at });
    await conversions.recordPurchase(em, { orderId, userId, valueMinor, currency, occurredAt });
    outbox.enqueue(em, { job: 'settle-sale', payload: { orderId }, requestedBy: system('payments') });
  }
}

function lockPayment(em: EntityManager, id: string): Promise<Payment | null> {
  return em.findOne(Payment, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}
