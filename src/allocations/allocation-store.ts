import type { PostedEntry } from '../ledger/index.ts';
import type { PartnerAccountService } from '../partner-accounts/index.ts';
import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { invariant, present } from '../shared/invariant.ts';
import { monthOf } from '../shared/month.ts';
import type { StorableDraft } from './allocation-drafts.ts';
import { entryOf, type PlacedDraft, postingsOfShares } from './allocation-entry.ts';
import { insertAllocations } from './insert-allocations.ts';

interface PlacedStorable extends Omit<StorableDraft, 'shares'>, Pick<PlacedDraft, 'id' | 'period' | 'shares'> {}

/** Puts allocations into the books and the tables, both or neither. */
export class AllocationStore {
  readonly #platform: Platform;
  readonly #partnerAccounts: PartnerAccountService;

  constructor(platform: Platform, partnerAccounts: PartnerAccountService) {
    this.#platform = platform;
    this.#partnerAccounts = partnerAccounts;
  }

  /**
   * Posts and stores, in that order, since each share says where it was posted. A fixed number of statements.
   *
   * @param drafts in the order of booking; none that is in the books already
   * @returns their number
   */
  async store(em: EntityManager, drafts: readonly StorableDraft[]): Promise<number> {
    if (drafts.length === 0) return 0;
    const placed = drafts.map((draft) => this.#place(draft));
    const posted = await this.#post(em, placed);
    const createdAt = this.#platform.clock.now();
    const rows = placed.map((draft) => {
      const { transactionId = null, postingIds = [] } = posted.get(draft.id) ?? {};
      const postingIdOf = postingsOfShares(draft, postingIds);
      const shares = draft.shares.map((share, at) => ({ ...share, postingId: postingIdOf[at] ?? null }));
      return { ...draft, shares, ledgerTransactionId: transactionId, createdAt };
    });
    await insertAllocations(em, rows);
    return placed.length;
  }

  #place(draft: StorableDraft): PlacedStorable {
    const { ids } = this.#platform;
    const shares = draft.shares.map((share) => ({ ...share, id: ids.next() }));
    return { ...draft, shares, id: ids.next(), period: monthOf(draft.effectiveAt, draft.timeZone) };
  }

  /** @returns by allocation where it stands; one that posts nothing is left out */
  async #post(em: EntityManager, placed: readonly PlacedDraft[]): Promise<Map<string, PostedEntry>> {
    const entries = placed.flatMap((draft) => {
      const entry = entryOf(draft);
      return entry ? [{ id: draft.id, entry }] : [];
    });
    const answers = await this.#partnerAccounts.post(
      em,
      entries.map(({ entry }) => entry),
    );
    return new Map(
      entries.map(({ id }, at) => {
        const answer = present(answers[at], 'the answer to an entry');
        invariant(answer.isNew, 'an allocation and its entry are stored together or not at all');
        return [id, answer] as const;
      }),
    );
  }
}
