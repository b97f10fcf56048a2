import type { OutboxService } from '../outbox/index.ts';
import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, requireRole, system } from '../shared/actor.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import { Chargeback, type ChargebackState } from './chargeback.entity.ts';
import { type ChargebackRow, findChargebackPage } from './chargeback.queries.ts';
import { lockPayment } from './locked-payment.ts';
import { requireSameSum } from './notice-checks.ts';
import { Order } from './order.entity.ts';
import type { Payment } from './payment.entity.ts';
import type { ChargebackNotice } from './payment-provider.ts';
import type { RefundService } from './refund.service.ts';
import { WebhookRefusedError } from './webhook.errors.ts';

interface Collaborators {
  readonly outbox: OutboxService;
  readonly refunds: RefundService;
}

/** Payments that the buyer's bank takes back. */
export class ChargebackService {
  readonly #platform: Platform;
  readonly #with: Collaborators;

  constructor(platform: Platform, collaborators: Collaborators) {
    this.#platform = platform;
    this.#with = collaborators;
  }

  /** Chargebacks, the latest told of first. @throws UnauthenticatedError, ForbiddenError for others than finance and admins */
  async list(actor: Actor, filter: { state: ChargebackState | null; page: PageRequest }): Promise<Page<ChargebackRow>> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    return findChargebackPage(this.#platform.database, filter);
  }

  /**
   * Does what a provider's notice about a dispute asks for, in the transaction that records the notice. Notices of one
   * dispute may come in any order: its end is kept until its beginning is known, and only then money has moved.
   *
   * @returns whether something changed
   * @throws WebhookRefusedError when the payment is not known, or the sum is more than was paid or another than before
   */
  async settle(em: EntityManager, told: { provider: string; notice: ChargebackNotice }): Promise<boolean> {
    const { provider, notice } = told;
    const payment = await lockPayment(em, { id: notice.paymentId });
    if (payment?.provider !== provider) throw new WebhookRefusedError('UNKNOWN_PAYMENT', 'There is no such payment.');
    const chargeback = await this.#find(em, { payment, notice });
    if (!take(chargeback, notice)) return false;
    const order = await em.findOneOrFail(Order, { id: payment.orderId });
    await this.#with.refunds.returnUnwanted(em, { order, payment });
    if (order.paidAt && chargeback.openedAt) {
      const payload = { chargebackId: chargeback.id };
      this.#with.outbox.enqueue(em, { job: 'settle-chargeback', payload, requestedBy: system('payments') });
    }
    return true;
  }

  /** The chargeback that the notice speaks of; a new one when it is the first. */
  async #find(
    em: EntityManager,
    { payment, notice }: { payment: Payment; notice: ChargebackNotice },
  ): Promise<Chargeback> {
    const { provider, orderId } = payment;
    const { reference: providerReference, amountMinor, currency } = notice;
    const known = await em.findOne(Chargeback, { provider, providerReference });
    if (known) {
      requireSameSum(known, notice);
      if (known.paymentId === payment.id) return known;
      throw new WebhookRefusedError('MISMATCH', 'The dispute is about another payment.');
    }
    const isPart = amountMinor > 0n && amountMinor <= payment.amountMinor && currency === payment.currency;
    if (!isPart) throw new WebhookRefusedError('MISMATCH', 'The dispute is not about the payment or a part of it.');
    const names = { id: this.#platform.ids.next(), paymentId: payment.id, orderId, provider, providerReference };
    const recordedAt = this.#platform.clock.now();
    const data = { ...names, state: 'OPEN' as const, amountMinor, currency, recordedAt };
    return em.create(Chargeback, data, { persist: true });
  }
}

function take(chargeback: Chargeback, notice: ChargebackNotice): boolean {
  const { occurredAt: at } = notice;
  switch (notice.type) {
    case 'CHARGEBACK_OPENED':
      return chargeback.open({ feeMinor: notice.feeMinor, reason: notice.reason, at });
    case 'CHARGEBACK_WON':
      return chargeback.close('WON', at);
    case 'CHARGEBACK_LOST':
      return chargeback.close('LOST', at);
  }
}
