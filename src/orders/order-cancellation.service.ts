import type { Platform } from '../platform/platform.ts';
import { type Actor, hasRole, requireUser } from '../shared/actor.ts';
import { ForbiddenError } from '../shared/domain-error.ts';
import { lockPayment } from './locked-payment.ts';
import { Order } from './order.entity.ts';
import { OrderNotOpenError } from './order.errors.ts';
import { findPlacedBefore } from './order.queries.ts';

/** How long an order waits for its payment. */
const WAIT_MS = 24 * 3_600_000;
/** Looked for at once; the next look finds the others. */
const MOST_DUE = 1_000;

/** Ends orders that nobody paid. What is collected for one of them all the same goes back. */
export class OrderCancellationService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * Cancels an order that waits for its payment. Its contents can be ordered anew at once.
   *
   * @throws UnauthenticatedError
   * @throws ForbiddenError unless it is the actor's own, or the actor is of finance or an admin
   * @throws OrderNotOpenError when it is paid or cancelled
   */
  async cancel(actor: Actor, orderId: string): Promise<void> {
    await this.#platform.database.transaction(async (em) => {
      const payment = await lockPayment(em, { orderId });
      const order = await em.findOne(Order, { id: orderId });
      const isStaff = hasRole(actor, 'FINANCE', 'ADMIN');
      if (!order || (!isStaff && order.userId !== requireUser(actor).userId)) throw new ForbiddenError();
      if (order.state !== 'PLACED') throw new OrderNotOpenError(order.state);
      order.cancel('WITHDRAWN', this.#platform.clock.now());
      payment?.fail({ reference: null, failure: 'The order was cancelled.' });
    });
  }

  /** Orders that have waited too long, the longest waiting first. */
  async findDue(): Promise<string[]> {
    return findPlacedBefore(this.#platform.database, { placedBefore: this.#deadline(), limit: MOST_DUE });
  }

  /** Ends an order's wait, unless it was paid or cancelled in the same moment. Safe to call twice. */
  async expire(orderId: string): Promise<boolean> {
    return this.#platform.database.transaction(async (em) => {
      const payment = await lockPayment(em, { orderId });
      const order = await em.findOneOrFail(Order, { id: orderId });
      if (order.state !== 'PLACED' || order.placedAt > this.#deadline()) return false;
      order.cancel('EXPIRED', this.#platform.clock.now());
      payment?.fail({ reference: null, failure: 'It was not paid within 24 hours.' });
      return true;
    });
  }

  #deadline(): Date {
    return new Date(this.#platform.clock.now().getTime() - WAIT_MS);
  }
}
