import type { OutboxService } from '../outbox/index.ts';
import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { system } from '../shared/actor.ts';
import { IdempotencyConflictError } from '../shared/domain-error.ts';
import { present } from '../shared/invariant.ts';
import { contentHash } from './content-hash.ts';
import { assertEntry, type Entry, type PostedEntry } from './entry.ts';
import { findDueHoldIds } from './hold.queries.ts';
import { type HoldInput, HoldKeeper, type HoldStepInput, type PlacedHold } from './hold-keeper.ts';
import {
  findTransactionsByKeys,
  insertPostings,
  insertTransactions,
  type StoredTransaction,
  type TransactionRow,
} from './ledger.queries.ts';
import { sealNext } from './ledger-sealer.ts';
import { microsOf } from './micros.ts';
import { openAccounts } from './open-accounts.ts';
import { refuseOverdrafts } from './refuse-overdrafts.ts';

const BOOKKEEPER = system('ledger');

/** The double-entry books: what is posted stays, and balances are sums of postings. */
export class LedgerService {
  readonly #platform: Platform;
  readonly #outbox: OutboxService;
  readonly #holds: HoldKeeper;

  constructor(platform: Platform, outbox: OutboxService) {
    this.#platform = platform;
    this.#outbox = outbox;
    this.#holds = new HoldKeeper(platform);
  }

  /**
   * Posts entries within the caller's transaction, by a handful of statements whatever their number, and asks for their
   * links in the hash chain.
   *
   * @returns one answer an entry, in their order
   * @throws IdempotencyConflictError when a key was used before with another entry; nothing is posted then
   * @throws InsufficientFundsError when an account that forbids it would be overdrawn; nothing is posted then
   * @throws InvariantError when an entry does not balance
   */
  async post(em: EntityManager, entries: readonly Entry[]): Promise<PostedEntry[]> {
    if (entries.length === 0) return [];
    entries.forEach(assertEntry);
    const drafts = entries.map((entry) => this.#draft(entry));
    const insertedIds = await insertTransactions(em, drafts.map(({ row }) => row).toSorted(byKey));
    const isNew = ({ row }: Draft) => insertedIds.has(row.id);
    const posted = await this.#insertPostings(em, drafts.filter(isNew));
    const earlier = await this.#findEarlier(
      em,
      drafts.filter((draft) => !isNew(draft)),
    );
    if (insertedIds.size > 0) {
      await this.#outbox.enqueueOnce(em, { job: 'seal-ledger', payload: {}, requestedBy: BOOKKEEPER });
    }
    return drafts.map(({ row }) => present(posted.get(row.id) ?? earlier.get(row.idempotency_key), 'an answer'));
  }

  /**
   * Sets money aside within the caller's transaction. The account is locked until that ends: two who want the last of
   * it come one after the other, wherever they run.
   *
   * @throws InsufficientFundsError when less is available
   * @throws IdempotencyConflictError when the key was used before with another input
   */
  hold(em: EntityManager, input: HoldInput): Promise<PlacedHold> {
    return this.#holds.hold(em, input);
  }

  /**
   * Ends a hold because the money moves now, by an entry that the caller posts *after* this in the same transaction.
   *
   * @throws IllegalTransitionError when the hold has ended, or its time is over
   */
  postHold(em: EntityManager, holdId: string, step: HoldStepInput = {}): Promise<void> {
    return this.#holds.end(em, holdId, { state: 'POSTED', ...step });
  }

  /**
   * Gives back what was held.
   *
   * @throws IllegalTransitionError when the hold has ended, or its time is over
   */
  voidHold(em: EntityManager, holdId: string, step: HoldStepInput = {}): Promise<void> {
    return this.#holds.end(em, holdId, { state: 'VOIDED', ...step });
  }

  /**
   * Gives back what was held, when its time is over.
   *
   * @returns whether it was this call that did
   */
  expireHold(holdId: string): Promise<boolean> {
    return this.#platform.database.transaction((em) => this.#holds.expire(em, holdId));
  }

  /** Holds whose time is over and that still wait to be given back, at most a thousand. @returns their ids */
  findDueHolds(): Promise<string[]> {
    return findDueHoldIds(this.#platform.database, { at: this.#platform.clock.now(), limit: 1_000 });
  }

  /** Links transactions that have no link yet into the hash chain. @returns their number */
  async seal(): Promise<number> {
    let sealed = 0;
    for (;;) {
      const count = await this.#platform.database.transaction((em) => sealNext(em, this.#platform.clock.now()));
      if (count === 0) return sealed;
      sealed += count;
    }
  }

  #draft(entry: Entry): Draft {
    const { ids, clock } = this.#platform;
    const postings = entry.postings.map(({ account, ...posting }) => ({ accountCode: account.code, ...posting }));
    const { kind, reference, idempotencyKey, effectiveAt } = entry;
    const row = {
      id: ids.next(),
      idempotency_key: idempotencyKey,
      content_hash: contentHash({ kind, reference, effectiveAtMicros: microsOf(effectiveAt), postings }),
      kind,
      reference,
      effective_at: effectiveAt,
      recorded_at: clock.now(),
      posting_count: postings.length,
    };
    return { entry, row };
  }

  async #insertPostings(em: EntityManager, drafts: readonly Draft[]): Promise<Map<string, PostedEntry>> {
    const postings = drafts.flatMap(({ entry }) => entry.postings);
    const findAccount = await openAccounts(em, this.#platform, postings);
    const changes = postings.map(({ account, currency, amountMinor }) => {
      return { account: findAccount(account.code, currency), amountMinor };
    });
    await refuseOverdrafts(em, this.#holds, changes);
    const groups = drafts.map(({ entry, row }) => {
      // Once a transaction: turning instants into text is most of what writing a posting costs us.
      const dated = { effective_at: row.effective_at.toISOString(), recorded_at: row.recorded_at.toISOString() };
      return entry.postings.map(({ account, amountMinor, currency, reference }, position) => ({
        id: this.#platform.ids.next(),
        transaction_id: row.id,
        position,
        account_id: findAccount(account.code, currency).id,
        amount_minor: amountMinor,
        currency,
        reference,
        ...dated,
      }));
    });
    await insertPostings(em, groups);
    const answers = drafts.map(({ row }, at): PostedEntry => {
      const postingIds = (groups[at] ?? []).map(({ id }) => id);
      return { transactionId: row.id, postingIds, isNew: true };
    });
    return new Map(answers.map((answer) => [answer.transactionId, answer]));
  }

  async #findEarlier(em: EntityManager, drafts: readonly Draft[]): Promise<Map<string, PostedEntry>> {
    if (drafts.length === 0) return new Map();
    const stored = await findTransactionsByKeys(
      em,
      drafts.map(({ row }) => row.idempotency_key),
    );
    const byKeyOf = new Map(stored.map((transaction) => [transaction.idempotencyKey, transaction]));
    return new Map(drafts.map(({ row }) => [row.idempotency_key, firstAnswer(row, byKeyOf.get(row.idempotency_key))]));
  }
}

/** An entry and the transaction that it becomes. */
interface Draft {
  readonly entry: Entry;
  readonly row: TransactionRow;
}

function firstAnswer(row: TransactionRow, stored: StoredTransaction | undefined): PostedEntry {
  const { id, contentHash: storedHash, postingIds } = present(stored, 'the transaction of a used key');
  if (storedHash !== row.content_hash) throw new IdempotencyConflictError(row.idempotency_key);
  return { transactionId: id, postingIds, isNew: false };
}

/** Always in one order, so that writers with the same keys wait for each other and never in a ring. */
function byKey(a: TransactionRow, b: TransactionRow): number {
  if (a.idempotency_key === b.idempotency_key) return 0;
  return a.idempotency_key < b.idempotency_key ? -1 : 1;
}
