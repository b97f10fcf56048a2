import {
  chartOfAccounts,
  type Entry,
  type EntryPosting,
  type LedgerService,
  type PostedEntry,
} from '../ledger/index.ts';
import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { invariant, present } from '../shared/invariant.ts';
import type { Month } from '../shared/month.ts';
import type { PartnerEntryKind } from './partner-entry.entity.ts';
import { insertPartnerEntries, type PartnerEntryInsert } from './partner-entry.queries.ts';

/** What a partner reads about a posting on its account. Amount and instant are those of the posting. */
export interface PartnerEntryDraft {
  readonly partnerId: string;
  readonly kind: PartnerEntryKind;
  /** Month in which it counts, in the time zone of the contract behind it. */
  readonly period: Month;
  /** From when on it may be paid out. */
  readonly availableAt: Date;
  readonly shareId?: string | null;
  readonly sourceId: string;
  readonly explanation: string;
}

/** A ledger entry some of whose postings partners read on their statements. */
export interface AccountedEntry extends Omit<Entry, 'postings'> {
  readonly postings: readonly (EntryPosting & { readonly partnerEntry?: PartnerEntryDraft })[];
}

const PAYABLE = /^partner:.+:payable$/;

/** What the platform owes its partners: the ledger keeps the amounts, the entries say what they are for. */
export class PartnerAccountService {
  readonly #platform: Platform;
  readonly #ledger: LedgerService;

  constructor(platform: Platform, ledger: LedgerService) {
    this.#platform = platform;
    this.#ledger = ledger;
  }

  /**
   * Posts entries within the caller's transaction, and what partners read about them. Every posting on a partner's
   * payable account has such an entry, and no other posting has one.
   *
   * @returns one answer an entry, in their order
   * @throws IdempotencyConflictError, InvariantError as `LedgerService.post`
   */
  async post(em: EntityManager, entries: readonly AccountedEntry[]): Promise<PostedEntry[]> {
    for (const { postings } of entries) postings.forEach(assertAccounted);
    const posted = await this.#ledger.post(em, entries.map(toLedgerEntry));
    const rows = entries.flatMap((entry, at) => {
      const { postingIds, isNew } = present(posted[at], 'the answer to an entry');
      return isNew ? this.#rowsOf(entry, postingIds) : [];
    });
    await insertPartnerEntries(em, rows);
    return posted;
  }

  #rowsOf({ effectiveAt, postings }: AccountedEntry, postingIds: readonly string[]): PartnerEntryInsert[] {
    const recordedAt = this.#platform.clock.now();
    return postings.flatMap(({ amountMinor, currency, partnerEntry }, at) => {
      if (!partnerEntry) return [];
      const { partnerId, kind, period, availableAt, shareId = null, sourceId, explanation } = partnerEntry;
      return [
        {
          posting_id: present(postingIds[at], 'the id of a posting'),
          partner_id: partnerId,
          currency,
          kind,
          amount_minor: -amountMinor,
          period,
          effective_at: effectiveAt,
          available_at: availableAt,
          share_id: shareId,
          source_id: sourceId,
          explanation,
          recorded_at: recordedAt,
        },
      ];
    });
  }
}

function assertAccounted({ account, partnerEntry }: AccountedEntry['postings'][number]): void {
  const expected = partnerEntry ? chartOfAccounts.partnerPayable(partnerEntry.partnerId).code : null;
  invariant(
    expected === null ? !PAYABLE.test(account.code) : account.code === expected,
    `a posting on ${account.code} is read by the partner whose account it is`,
  );
}

function toLedgerEntry({ postings, ...entry }: AccountedEntry): Entry {
  return { ...entry, postings: postings.map(({ partnerEntry: _, ...posting }) => posting) };
}
