import type { InteractionService } from '../interactions/index.ts';
import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, requireUser } from '../shared/actor.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import { Entitlement } from './entitlement.entity.ts';
import { type EntitlementRow, findEntitlementPage } from './entitlement.queries.ts';

/** Who has access to what. */
export class EntitlementService {
  readonly #platform: Platform;
  readonly #interactions: InteractionService;

  constructor(platform: Platform, interactions: InteractionService) {
    this.#platform = platform;
    this.#interactions = interactions;
  }

  /** What the viewer has access to, latest first. @throws UnauthenticatedError */
  async listOwn(actor: Actor, page: PageRequest): Promise<Page<EntitlementRow>> {
    return findEntitlementPage(this.#platform.database, requireUser(actor).userId, page);
  }

  /** Gives a learner what an order bought, and tells the recommender, in the transaction that makes the order paid. */
  async grant(
    em: EntityManager,
    purchase: { userId: string; orderId: string; contentIds: readonly string[]; at: Date },
  ): Promise<void> {
    const { userId, orderId, contentIds, at } = purchase;
    for (const contentId of contentIds) {
      const id = this.#platform.ids.next();
      em.create(Entitlement, { id, userId, contentId, orderId, grantedAt: at }, { persist: true });
    }
    await this.#interactions.recordPurchases(em, purchase);
  }

  /** Takes back what an order gave. What other orders gave stays. */
  async revoke(em: EntityManager, { orderId, at }: { orderId: string; at: Date }): Promise<void> {
    await em.nativeUpdate(Entitlement, { orderId }, { revokedAt: at });
  }

  /** Gives again what an order gave. */
  async restore(em: EntityManager, orderId: string): Promise<void> {
    await em.nativeUpdate(Entitlement, { orderId, revokedAt: { $ne: null } }, { revokedAt: null });
  }
}
