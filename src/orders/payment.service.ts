import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { present } from '../shared/invariant.ts';
import type { Fulfilment } from './fulfilment.ts';
import { lockPayment } from './locked-payment.ts';
import { requireSameSum } from './notice-checks.ts';
import { Order } from './order.entity.ts';
import { Payment } from './payment.entity.ts';
import type { PaymentNotice } from './payment-provider.ts';
import type { PaymentProviders } from './payment-providers.ts';
import type { RefundService } from './refund.service.ts';
import { WebhookRefusedError } from './webhook.errors.ts';

interface Collaborators {
  readonly fulfilment: Fulfilment;
  readonly refunds: RefundService;
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
    if (state !== 'PENDING' && state !== 'AUTHORISED') return;
    const request = { paymentId, method, amountMinor, currency };
    const { reference } = await this.#with.providers.get(provider).charge(request);
    await database.transaction(async (em) => {
      const payment = await lockPayment(em, { id: paymentId });
      if (payment) payment.providerReference ??= reference;
    });
  }

  /**
   * Does what a provider's notice about a payment asks for, in the transaction that records the notice. Money that comes
   * for an order that was cancelled goes back by itself.
   *
   * @returns whether something changed; a payment that is settled stays as it is
   * @throws WebhookRefusedError when the payment is not known, or its sum is another one
   */
  async settle(em: EntityManager, { provider, notice }: { provider: string; notice: PaymentNotice }): Promise<boolean> {
    const payment = await lockPayment(em, { id: notice.paymentId });
    if (payment?.provider !== provider) throw new WebhookRefusedError('UNKNOWN_PAYMENT', 'There is no such payment.');
    requireSameSum(payment, notice);
    const { occurredAt: at, ...facts } = notice;
    if (facts.type === 'PAYMENT_AUTHORISED') return payment.authorise({ ...facts, at });
    const order = await em.findOneOrFail(Order, { id: payment.orderId });
    if (facts.type === 'PAYMENT_FAILED') {
      const isNew = payment.fail(facts);
      if (isNew && order.state === 'PLACED') order.cancel('PAYMENT_FAILED', at);
      return isNew;
    }
    if (!payment.capture({ ...facts, at })) return false;
    if (order.state === 'PLACED') await this.#with.fulfilment.begin(em, { order, payment });
    else await this.#with.refunds.returnUnwanted(em, { order, payment });
    return true;
  }
}
