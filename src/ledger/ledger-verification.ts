import type { Database, EntityManager } from '../platform/database.ts';
import { contentHash, type PostingContent } from './content-hash.ts';
import { GENESIS_HASH, linkHash } from './hash-chain.ts';
import {
  type CheckedLink,
  type CheckedTransaction,
  countTransactions,
  findLinksAfter,
  findPostingsOf,
  findTransactionWithoutLink,
  findUnsealedAfter,
  PAGE,
} from './ledger-verification.queries.ts';

export const LEDGER_FAULTS = [
  /** The postings of a transaction do not sum to zero in some currency. */
  'UNBALANCED',
  /** A transaction or its postings are no longer what was posted. */
  'CONTENT_CHANGED',
  /** A number of the chain is missing. */
  'LINK_MISSING',
  /** A link does not follow from the one before it and its transaction. */
  'LINK_BROKEN',
  /** A link's transaction is gone. */
  'TRANSACTION_MISSING',
  /** A transaction has no link and does not wait for one. */
  'TRANSACTION_STRAY',
] as const;
export type LedgerFaultKind = (typeof LEDGER_FAULTS)[number];

/** The first thing that is not as it was posted. */
export interface LedgerFault {
  readonly kind: LedgerFaultKind;
  readonly transactionId: string | null;
  /** Place in the chain; null for a transaction without a link. */
  readonly sequence: bigint | null;
  readonly detail: string;
}

/** What a verification saw up to its end, or up to the first fault. */
export interface LedgerVerification {
  readonly fault: LedgerFault | null;
  readonly transactions: number;
  readonly postings: number;
  readonly links: number;
  /** Transactions that wait for their link. Checked too, save that no chain vouches for them yet. */
  readonly unsealed: number;
  /** Hash of the last link: whoever noted it earlier can tell that nothing before it changed. */
  readonly headHash: string;
}

/**
 * Walks the chain from the first link to the last, and then what has no link, page by page in constant memory, over one
 * snapshot of the database: each transaction must balance, be what its content hash says, and be linked to the one
 * before it.
 */
export function verifyLedger(database: Database, signal?: AbortSignal): Promise<LedgerVerification> {
  return database.snapshot(async (em) => {
    const walk = new Walk(signal);
    const fault = (await walkChain(em, walk)) ?? (await walkUnsealed(em, walk)) ?? (await findStray(em, walk));
    return { fault, ...walk.counts, headHash: walk.headHash };
  });
}

/** What has been seen so far. */
class Walk {
  readonly counts = { transactions: 0, postings: 0, links: 0, unsealed: 0 };
  sequence = 0n;
  headHash = GENESIS_HASH;
  readonly #signal: AbortSignal | undefined;

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal;
  }

  /** Called before each page. @throws the signal's reason once it is aborted */
  goOn(): void {
    this.#signal?.throwIfAborted();
  }
}

async function walkChain(em: EntityManager, walk: Walk): Promise<LedgerFault | null> {
  for (;;) {
    walk.goOn();
    const links = await findLinksAfter(em, walk.sequence);
    const postingsOf = await findPostingsOf(em, links);
    for (const link of links) {
      const fault = checkLink(link, walk) ?? checkTransaction(link, postingsOf, { walk, sequence: link.sequence });
      if (fault) return fault;
      walk.counts.links += 1;
      walk.sequence = link.sequence;
      walk.headHash = link.hash;
    }
    if (links.length < PAGE) return null;
  }
}

async function walkUnsealed(em: EntityManager, walk: Walk): Promise<LedgerFault | null> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    walk.goOn();
    const waiting = await findUnsealedAfter(em, after);
    const postingsOf = await findPostingsOf(em, waiting);
    for (const transaction of waiting) {
      const fault = checkTransaction(transaction, postingsOf, { walk, sequence: null });
      if (fault) return fault;
      walk.counts.unsealed += 1;
      after = transaction.transactionId;
    }
    if (waiting.length < PAGE) return null;
  }
}

function checkLink(link: CheckedLink, walk: Walk): LedgerFault | null {
  const { sequence, sealedId: transactionId } = link;
  const expected = walk.sequence + 1n;
  if (sequence !== expected) {
    return { kind: 'LINK_MISSING', transactionId: null, sequence: expected, detail: `The next link is ${sequence}.` };
  }
  const { idempotencyKey, contentHash: storedHash, recordedAtMicros } = link;
  if (idempotencyKey === null || storedHash === null || recordedAtMicros === null) {
    return { kind: 'TRANSACTION_MISSING', transactionId, sequence, detail: 'Its link stands without it.' };
  }
  const hash = linkHash({
    sequence,
    previousHash: walk.headHash,
    transactionId,
    idempotencyKey,
    recordedAtMicros,
    contentHash: storedHash,
  });
  if (link.previousHash === walk.headHash && link.hash === hash) return null;
  return { kind: 'LINK_BROKEN', transactionId, sequence, detail: `The link is ${link.hash}; it should be ${hash}.` };
}

function checkTransaction(
  transaction: CheckedTransaction,
  postingsOf: ReadonlyMap<string, readonly PostingContent[]>,
  { walk, sequence }: { walk: Walk; sequence: bigint | null },
): LedgerFault | null {
  const { transactionId, kind, reference, effectiveAtMicros } = transaction;
  if (transactionId === null || kind === null || reference === null || effectiveAtMicros === null) return null;
  const postings = postingsOf.get(transactionId) ?? [];
  for (const [currency, left] of totalsOf(postings)) {
    if (left !== 0n) return { kind: 'UNBALANCED', transactionId, sequence, detail: `${left} is left in ${currency}.` };
  }
  const hash = contentHash({ kind, reference, effectiveAtMicros, postings });
  if (hash !== transaction.contentHash) {
    const detail = `What stands there hashes to ${hash}; posted was ${transaction.contentHash}.`;
    return { kind: 'CONTENT_CHANGED', transactionId, sequence, detail };
  }
  walk.counts.transactions += 1;
  walk.counts.postings += postings.length;
  return null;
}

function totalsOf(postings: readonly PostingContent[]): Map<string, bigint> {
  const totals = new Map<string, bigint>();
  for (const { currency, amountMinor } of postings) totals.set(currency, (totals.get(currency) ?? 0n) + amountMinor);
  return totals;
}

/** Only searched for when the numbers say that there is one. */
async function findStray(em: EntityManager, walk: Walk): Promise<LedgerFault | null> {
  const stored = await countTransactions(em);
  if (stored === walk.counts.transactions) return null;
  const transactionId = await findTransactionWithoutLink(em);
  const detail = `${stored} transactions are stored, and ${walk.counts.transactions} are linked or wait for it.`;
  return { kind: 'TRANSACTION_STRAY', transactionId, sequence: null, detail };
}
