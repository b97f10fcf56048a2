import { bulkInsert } from '../platform/bulk-insert.ts';
import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { idFromName } from '../shared/ids.ts';

/** What people do with contents. */
export class InteractionService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * Notes that an order was paid, within its transaction. The same order and content are one interaction however often
   * this is told.
   */
  async recordPurchases(
    em: EntityManager,
    purchase: { userId: string; contentIds: readonly string[]; orderId: string; at: Date },
  ): Promise<void> {
    const { userId, orderId, at } = purchase;
    const rows = purchase.contentIds.map((contentId) => ({
      id: idFromName('interaction of an order', `${orderId}:${contentId}`),
      user_id: userId,
      content_id: contentId,
      kind: 'PURCHASE',
      value: null,
      occurred_at: at,
      received_at: this.#platform.clock.now(),
    }));
    await bulkInsert(em, 'interactions', rows);
  }
}
