import type { Platform } from '../platform/platform.ts';
import { type Actor, requireUser } from '../shared/actor.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import { findOrderPage, findVisibleOrder, type OrderRow } from './order.queries.ts';

/** Orders as buyers and staff look them up. */
export class OrderService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** Null unless it is the actor's own order, or the actor is staff. */
  find(actor: Actor, id: string): Promise<OrderRow | null> {
    return findVisibleOrder(this.#platform.database, actor, id);
  }

  /** The viewer's orders, newest first. @throws UnauthenticatedError */
  async listOwn(actor: Actor, page: PageRequest): Promise<Page<OrderRow>> {
    return findOrderPage(this.#platform.database, requireUser(actor).userId, page);
  }
}
