import { invariant } from '../shared/invariant.ts';
import type { AccountRef } from './chart-of-accounts.ts';

/** What somebody wants to post: it becomes one transaction. */
export interface Entry {
  /** Same key and same entry: the first answer. Same key and another entry: refused. */
  readonly idempotencyKey: string;
  /** What happened, upper snake case: `SALE`. */
  readonly kind: string;
  /** What outside the ledger it records, as its owner names it. */
  readonly reference: string;
  /** When it counts. */
  readonly effectiveAt: Date;
  /** Two or more, none of zero, that sum to zero in each currency. */
  readonly postings: readonly EntryPosting[];
}

export interface EntryPosting {
  readonly account: AccountRef;
  /** Debit positive, credit negative. */
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly reference: string;
}

/** What the ledger answers. */
export interface PostedEntry {
  readonly transactionId: string;
  /** In the order of the entry's postings. */
  readonly postingIds: readonly string[];
  /** False when the key was used before: the answer is then that of the first time. */
  readonly isNew: boolean;
}

const MAX_POSTINGS = 1_000;

/** States what makes an entry one: only a bug makes another. @throws InvariantError */
export function assertEntry(entry: Entry): void {
  const { postings, idempotencyKey } = entry;
  invariant(
    postings.length >= 2 && postings.length <= MAX_POSTINGS,
    `entry ${idempotencyKey} has from 2 to ${MAX_POSTINGS} postings, not ${postings.length}`,
  );
  const totals = new Map<string, bigint>();
  for (const { amountMinor, currency } of postings) {
    invariant(amountMinor !== 0n, `entry ${idempotencyKey} has no posting of zero`);
    totals.set(currency, (totals.get(currency) ?? 0n) + amountMinor);
  }
  for (const [currency, total] of totals) {
    invariant(total === 0n, `entry ${idempotencyKey} balances in ${currency}, where ${total} is left`);
  }
}
