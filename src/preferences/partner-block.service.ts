import { findVisiblePartner, type PartnerRow } from '../partners/index.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, requireUser } from '../shared/actor.ts';
import { ForbiddenError } from '../shared/domain-error.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import { lockUser } from '../users/index.ts';
import { PartnerBlock } from './partner-block.entity.ts';
import { countBlocks, findPartnerBlockPage, type PartnerBlockRow } from './partner-block.queries.ts';
import { TooManyBlocksError } from './preference.errors.ts';

/** Keeps what a feed reads of one person small. */
export const MOST_BLOCKED = 500;

/** Partners of which a learner wants to see nothing. What is theirs already stays theirs. */
export class PartnerBlockService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * Blocks a partner, with effect on the next feed. The same again changes nothing.
   *
   * @throws UnauthenticatedError
   * @throws ForbiddenError when the actor may not see the partner, or there is none
   * @throws TooManyBlocksError beyond `MOST_BLOCKED`
   */
  async block(actor: Actor, partnerId: string): Promise<{ partner: PartnerRow; blockedAt: Date }> {
    const { userId } = requireUser(actor);
    const { clock, database } = this.#platform;
    const partner = await findVisiblePartner(database, actor, partnerId);
    if (!partner) throw new ForbiddenError();
    return database.transaction(async (em) => {
      await lockUser(em, userId);
      const standing = await em.findOne(PartnerBlock, { userId, partnerId });
      if (standing) return { partner, blockedAt: standing.blockedAt };
      if ((await countBlocks(em, userId)) >= MOST_BLOCKED) throw new TooManyBlocksError(MOST_BLOCKED);
      const blockedAt = clock.now();
      em.create(PartnerBlock, { userId, partnerId, blockedAt }, { persist: true });
      return { partner, blockedAt };
    });
  }

  /** Takes a block back. A partner that is not blocked, or that there is not, changes nothing. @throws UnauthenticatedError */
  async unblock(actor: Actor, partnerId: string): Promise<void> {
    const { userId } = requireUser(actor);
    await this.#platform.database.transaction((em) => em.nativeDelete(PartnerBlock, { userId, partnerId }));
  }

  /** Partners that the person who asks blocks, the last one first. @throws UnauthenticatedError */
  async listOwn(actor: Actor, page: PageRequest): Promise<Page<PartnerBlockRow>> {
    const { userId } = requireUser(actor);
    return findPartnerBlockPage(this.#platform.database, userId, page);
  }
}
