import type { OutboxService } from '../outbox/index.ts';
import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName, requireRole, system } from '../shared/actor.ts';
import { ForbiddenError, IdempotencyConflictError, InvalidInputError } from '../shared/domain-error.ts';
import { requireIdempotencyKey, requireText } from '../shared/input.ts';
import { present } from '../shared/invariant.ts';
import type { Fulfilment } from './fulfilment.ts';
import { findStanding, lockPayment } from './locked-payment.ts';
import { requireSameSum } from './notice-checks.ts';
import { Order } from './order.entity.ts';
import { findOrderOfRefund } from './order.queries.ts';
import type { Payment } from './payment.entity.ts';
import type { PaybackRequest, RefundNotice } from './payment-provider.ts';
import type { PaymentProviders } from './payment-providers.ts';
import { Refund } from './refund.entity.ts';
import { AlreadyRefundedError, NotRefundableError, PaymentDisputedError, RefundTooHighError } from './refund.errors.ts';
import { WebhookRefusedError } from './webhook.errors.ts';

export interface RefundOrderInput {
  readonly orderId: string;
  /** In minor units of the order's currency; absent for all that is left. */
  readonly amountMinor?: bigint | null;
  readonly reason: string;
  /** One for each refund that is wanted; the same again for the same refund. */
  readonly idempotencyKey: string;
}

interface Collaborators {
  readonly outbox: OutboxService;
  readonly fulfilment: Fulfilment;
  readonly providers: PaymentProviders;
}

interface WantedRefund {
  readonly payment: Payment;
  readonly amountMinor: bigint;
  readonly askedMinor: bigint | null;
  readonly reason: string;
  readonly idempotencyKey: string;
  readonly actor: Actor;
}

const PAYMENTS = system('payments');

/** Money back to learners: all of a payment, at once or in parts. */
export class RefundService {
  readonly #platform: Platform;
  readonly #with: Collaborators;

  constructor(platform: Platform, collaborators: Collaborators) {
    this.#platform = platform;
    this.#with = collaborators;
  }

  /**
   * Wants a payment paid back, or a part of it. A job asks the provider. However many ask at once, the refunds never
   * exceed the payment.
   *
   * @returns id of the order
   * @throws ForbiddenError for others than finance and admins, and when there is no such order
   * @throws InvalidInputError
   * @throws IdempotencyConflictError when the key came before with another amount or reason
   * @throws NotRefundableError when nothing was paid, AlreadyRefundedError when nothing is left, RefundTooHighError when
   *   less is left, PaymentDisputedError while the buyer's bank disputes the payment
   */
  async request(actor: Actor, input: RefundOrderInput): Promise<string> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    const reason = requireText('reason', input.reason, { maxLength: 500, multiline: true });
    const idempotencyKey = requireIdempotencyKey(input.idempotencyKey);
    const { orderId, amountMinor: askedMinor = null } = input;
    if (askedMinor !== null && askedMinor <= 0n) throw new InvalidInputError('amountMinor', 'A refund is above zero.');
    await this.#platform.database.transaction(async (em) => {
      const payment = await lockPayment(em, { orderId });
      const order = await em.findOne(Order, { id: orderId });
      if (!order) throw new ForbiddenError();
      const earlier = await em.findOne(Refund, { orderId, idempotencyKey });
      if (earlier) return requireSame(earlier, { askedMinor, reason });
      if (!payment?.wasCaptured()) throw new NotRefundableError(order.state);
      const { leftMinor, isDisputed } = await findStanding(em, payment);
      if (isDisputed) throw new PaymentDisputedError();
      if (leftMinor === 0n) throw new AlreadyRefundedError();
      const amountMinor = askedMinor ?? leftMinor;
      if (amountMinor > leftMinor) throw new RefundTooHighError(leftMinor, payment.currency);
      this.#create(em, { payment, amountMinor, askedMinor, reason, idempotencyKey, actor });
    });
    return orderId;
  }

  /**
   * Sends money back that came for an order which is no longer wanted: what is left of it, unless it is disputed. Called
   * again when a dispute of it has ended. Whoever calls it holds the payment.
   */
  async returnUnwanted(em: EntityManager, { order, payment }: { order: Order; payment: Payment }): Promise<void> {
    await this.#with.fulfilment.follow(em, { order, payment });
    if (order.state !== 'CANCELLED' || !payment.wasCaptured()) return;
    const { leftMinor: amountMinor, isDisputed } = await findStanding(em, payment);
    if (amountMinor === 0n || isDisputed) return;
    const idempotencyKey = `unwanted:${(await em.find(Refund, { orderId: order.id })).length}`;
    const reason = 'The payment came after its order was cancelled.';
    this.#create(em, { payment, amountMinor, askedMinor: null, reason, idempotencyKey, actor: PAYMENTS });
  }

  /** Asks the provider to pay back, outside of any transaction. Safe to call again at any time. */
  async send(refundId: string): Promise<void> {
    const { database } = this.#platform;
    const claimed = await database.transaction((em) => this.#claim(em, refundId));
    if (!claimed) return;
    const { reference } = await this.#with.providers.get(claimed.provider).payBack(claimed.request);
    await database.transaction(async (em) => {
      const refund = await lockRefund(em, refundId);
      if (refund) refund.refund.providerReference ??= reference;
    });
  }

  /**
   * Does what a provider's notice about a refund asks for, in the transaction that records the notice.
   *
   * @returns whether something changed; a refund that was paid back stays so
   * @throws WebhookRefusedError when the refund is not known, or its sum is another one
   */
  async settle(em: EntityManager, { provider, notice }: { provider: string; notice: RefundNotice }): Promise<boolean> {
    const locked = await lockRefund(em, notice.refundId);
    if (locked?.payment.provider !== provider) {
      throw new WebhookRefusedError('UNKNOWN_PAYMENT', 'There is no such refund.');
    }
    const { refund, payment } = locked;
    requireSameSum({ amountMinor: refund.amountMinor, currency: payment.currency }, notice);
    if (notice.type === 'REFUND_FAILED') return refund.fail(notice);
    if (!refund.succeed({ reference: notice.reference, at: notice.occurredAt })) return false;
    const order = await em.findOneOrFail(Order, { id: refund.orderId });
    await this.#with.fulfilment.follow(em, { order, payment });
    // What was never a sale has nothing to take back from anybody.
    const payload = { refundId: refund.id };
    if (order.paidAt) this.#with.outbox.enqueue(em, { job: 'settle-refund', payload, requestedBy: PAYMENTS });
    return true;
  }

  #create(em: EntityManager, wanted: WantedRefund): void {
    const { payment, actor, ...facts } = wanted;
    const refundId = this.#platform.ids.next();
    em.create(
      Refund,
      {
        ...facts,
        id: refundId,
        orderId: payment.orderId,
        state: 'REQUESTED',
        requestedBy: actorName(actor),
        requestedAt: this.#platform.clock.now(),
      },
      { persist: true },
    );
    this.#with.outbox.enqueue(em, { job: 'send-refund', payload: { refundId }, requestedBy: actor });
  }

  /**
   * Decides, before the provider is asked, that the refund goes out. A payment that the buyer's bank has taken back in
   * the meantime is not paid back a second time.
   */
  async #claim(em: EntityManager, refundId: string): Promise<{ provider: string; request: PaybackRequest } | null> {
    const { refund, payment } = present(await lockRefund(em, refundId), 'the refund of a job');
    if (refund.state !== 'REQUESTED') return null;
    const { isDisputed, isOverdrawn } = await findStanding(em, payment);
    if (!refund.sentAt && (isDisputed || isOverdrawn)) {
      refund.fail({ reference: null, failure: "The buyer's bank took the payment back first." });
      return null;
    }
    refund.sentAt ??= this.#platform.clock.now();
    const paymentReference = present(payment.providerReference, "the provider's name of a captured payment");
    const { amountMinor } = refund;
    return {
      provider: payment.provider,
      request: { refundId, paymentReference, amountMinor, currency: payment.currency },
    };
  }
}

/** Payment first, so that whoever changes an order's refunds waits in one line. */
async function lockRefund(em: EntityManager, id: string): Promise<{ refund: Refund; payment: Payment } | null> {
  const orderId = await findOrderOfRefund(em, id);
  const payment = orderId && (await lockPayment(em, { orderId }));
  return payment ? { refund: await em.findOneOrFail(Refund, { id }), payment } : null;
}

function requireSame(earlier: Refund, { askedMinor, reason }: { askedMinor: bigint | null; reason: string }): void {
  if (earlier.reason === reason && (earlier.askedMinor ?? null) === askedMinor) return;
  throw new IdempotencyConflictError(earlier.idempotencyKey);
}
