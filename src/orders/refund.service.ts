import { LockMode } from '@mikro-orm/core';
import type { ConversionService } from '../campaigns/index.ts';
import type { OutboxService } from '../outbox/index.ts';
import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName, requireRole, system } from '../shared/actor.ts';
import { ForbiddenError, IdempotencyConflictError } from '../shared/domain-error.ts';
import { requireIdempotencyKey, requireText } from '../shared/input.ts';
import { present } from '../shared/invariant.ts';
import type { EntitlementService } from './entitlement.service.ts';
import { requireSameSum } from './notice-checks.ts';
import { Order } from './order.entity.ts';
import { AlreadyRefundedError, NotRefundableError } from './order.errors.ts';
import { Payment } from './payment.entity.ts';
import type { RefundNotice } from './payment-provider.ts';
import type { PaymentProviders } from './payment-providers.ts';
import { Refund } from './refund.entity.ts';
import { WebhookRefusedError } from './webhook.errors.ts';

export interface RefundOrderInput {
  readonly orderId: string;
  readonly reason: string;
  /** One for each refund that is wanted; the same again for the same refund. */
  readonly idempotencyKey: string;
}

interface Collaborators {
  readonly outbox: OutboxService;
  readonly entitlements: EntitlementService;
  readonly conversions: ConversionService;
  readonly providers: PaymentProviders;
}

/** Money back to learners: always the whole payment. */
export class RefundService {
  readonly #platform: Platform;
  readonly #with: Collaborators;

  constructor(platform: Platform, collaborators: Collaborators) {
    this.#platform = platform;
    this.#with = collaborators;
  }

  /**
   * Wants the payment of an order paid back. A job asks the provider.
   *
   * @returns id of the order
   * @throws ForbiddenError for others than finance and admins, and when there is no such order
   * @throws InvalidInputError
   * @throws IdempotencyConflictError when the key came before with another reason
   * @throws AlreadyRefundedError, NotRefundableError
   */
  async request(actor: Actor, input: RefundOrderInput): Promise<string> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    const reason = requireText('reason', input.reason, { maxLength: 500, multiline: true });
    const idempotencyKey = requireIdempotencyKey(input.idempotencyKey);
    const { orderId } = input;
    await this.#platform.database.transaction(async (em) => {
      const payment = await lockPaymentOf(em, orderId);
      const order = await em.findOne(Order, { id: orderId });
      if (!order) throw new ForbiddenError();
      const refunds = await em.find(Refund, { orderId });
      const earlier = refunds.find((refund) => refund.idempotencyKey === idempotencyKey);
      if (earlier && earlier.reason !== reason) throw new IdempotencyConflictError(idempotencyKey);
      if (earlier) return;
      if (refunds.some((refund) => refund.state !== 'FAILED')) throw new AlreadyRefundedError();
      if (payment?.state !== 'CAPTURED') throw new NotRefundableError(order.state);
      this.#create(em, { payment, reason, idempotencyKey, actor });
    });
    return orderId;
  }

  /** Asks the provider to pay back, outside of any transaction. Safe to call again at any time. */
  async send(refundId: string): Promise<void> {
    const { database } = this.#platform;
    const em = database.orm.em.fork();
    const { orderId, amountMinor, state } = present(await em.findOne(Refund, { id: refundId }), 'the refund of a job');
    if (state !== 'REQUESTED') return;
    const { provider, providerReference, currency } = await em.findOneOrFail(Payment, { orderId });
    const paymentReference = present(providerReference, "the provider's name of a captured payment");
    const request = { refundId, paymentReference, amountMinor, currency };
    const { reference } = await this.#with.providers.get(provider).payBack(request);
    await database.transaction(async (write) => {
      const refund = await write.findOneOrFail(Refund, { id: refundId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      refund.providerReference ??= reference;
    });
  }

  /**
   * Does what a provider's notice about a refund asks for, in the transaction that records the notice.
   *
   * @returns whether something changed; a refund that is settled stays as it is
   * @throws WebhookRefusedError when the refund is not known, or its sum is another one
   */
  async settle(em: EntityManager, { provider, notice }: { provider: string; notice: RefundNotice }): Promise<boolean> {
    const refund = await em.findOne(Refund, { id: notice.refundId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    const payment = refund && (await lockPaymentOf(em, refund.orderId));
    if (!refund || payment?.provider !== provider) {
      throw new WebhookRefusedError('UNKNOWN_PAYMENT', 'There is no such refund.');
    }
    requireSameSum({ amountMinor: refund.amountMinor, currency: payment.currency }, notice);
    if (refund.state !== 'REQUESTED') return false;
    if (notice.type === 'REFUND_FAILED') {
      refund.fail(notice);
      return true;
    }
    refund.succeed({ reference: notice.reference, at: notice.occurredAt });
    payment.payBack();
    await this.#undo(em, refund, notice.occurredAt);
    return true;
  }

  #create(
    em: EntityManager,
    request: { payment: Payment; reason: string; idempotencyKey: string; actor: Actor },
  ): void {
    const { payment, reason, idempotencyKey, actor } = request;
    const refundId = this.#platform.ids.next();
    em.create(
      Refund,
      {
        id: refundId,
        orderId: payment.orderId,
        amountMinor: payment.amountMinor,
        reason,
        state: 'REQUESTED',
        idempotencyKey,
        requestedBy: actorName(actor),
        requestedAt: this.#platform.clock.now(),
      },
      { persist: true },
    );
    this.#with.outbox.enqueue(em, { job: 'send-refund', payload: { refundId }, requestedBy: actor });
  }

  async #undo(em: EntityManager, refund: Refund, at: Date): Promise<void> {
    const { outbox, entitlements, conversions } = this.#with;
    const { id: refundId, orderId, amountMinor: refundedMinor } = refund;
    const order = await em.findOneOrFail(Order, { id: orderId });
    order.moveTo('REFUNDED', at);
    await entitlements.revoke(em, { orderId, at });
    await conversions.recordRefund(em, { orderId, refundedMinor });
    outbox.enqueue(em, { job: 'settle-refund', payload: { refundId }, requestedBy: system('payments') });
  }
}

/** Whoever changes an order's refunds holds its payment first. */
function lockPaymentOf(em: EntityManager, orderId: string): Promise<Payment | null> {
  return em.findOne(Payment, { orderId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}
