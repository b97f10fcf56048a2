import type { Platform } from '../platform/platform.ts';
import { type Actor, partnerScope, requirePartner, requireUser } from '../shared/actor.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import { findPayoutInScope, findPayoutPage, type PayoutFilter, type PayoutRow } from './payout.queries.ts';
import { PAYOUT_READERS } from './payout-readers.ts';

/** What was paid out, and is about to be. */
export class PayoutService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** Null when there is no such payout, or it is of a partner whose payouts the actor may not read. */
  find(actor: Actor, id: string): Promise<PayoutRow | null> {
    return findPayoutInScope(this.#platform.database, partnerScope(actor, PAYOUT_READERS), id);
  }

  /**
   * Payouts of the partners that the actor belongs to, of all for finance and admins. The newest first.
   *
   * @throws UnauthenticatedError, ForbiddenError for a partner whose payouts the actor may not read
   */
  async list(actor: Actor, request: { filter: PayoutFilter; page: PageRequest }): Promise<Page<PayoutRow>> {
    const scope = partnerScope(actor, PAYOUT_READERS);
    if (scope !== 'ALL') requireUser(actor);
    const { partnerId } = request.filter;
    if (partnerId !== undefined) requirePartner(actor, partnerId, PAYOUT_READERS);
    return findPayoutPage(this.#platform.database, scope, request);
  }
}
