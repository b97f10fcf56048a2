import type { Database, EntityManager } from '../platform/database.ts';
import { checkBuckets } from './balance-verification.ts';
import { contentHash, type PostingContent } from './content-hash.ts';
import { GENESIS_HASH, linkHash } from './hash-chain.ts';
import type { LedgerAudit } from './ledger-audit.ts';
import type { LedgerFault } from './ledger-faults.ts';
import {
  type CheckedLink,
  type CheckedPosting,
  type CheckedTransaction,
  countPostings,
  countTransactions,
  findHoldBesideItsSteps,
  findLinksAfter,
  findNotedHead,
  findPostingsOf,
  findTransactionOfStrayPosting,
  findTransactionWithoutLink,
  findUnsealedAfter,
  PAGE,
} from './ledger-verification.queries.ts';

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

/** How a verification is done. */
export interface VerificationOptions {
  /** Stops it between two pages. */
  readonly signal?: AbortSignal | undefined;
  /** What others check beside the books themselves, after these. */
  readonly audits?: readonly LedgerAudit[];
  /** Told before each page what is being looked at, and how far, from 0 to 1. */
  readonly onProgress?: (progress: { readonly stage: string; readonly fraction: number }) => void;
}

/**
 * Walks the chain from the first link to the last, and then what has no link, page by page in constant memory, over one
 * snapshot of the database: each transaction must balance, be what its content hash says, and be linked to the one
 * before it. Then it looks at what is kept beside: holds, the sums that balances are read from, and what others check.
 */
export function verifyLedger(database: Database, options: VerificationOptions = {}): Promise<LedgerVerification> {
  return database.snapshot(async (em) => {
    const walk = new Walk(options, await countTransactions(em));
    const fault =
      (await walkChain(em, walk)) ??
      (await walkUnsealed(em, walk)) ??
      (await findStray(em, walk)) ??
      (await checkNotedHead(em)) ??
      (await findWrongHold(em)) ??
      (await checkBuckets(em, (fraction) => walk.goOn('balances', fraction))) ??
      (await runAudits(em, options.audits ?? [], walk));
    return { fault, ...walk.counts, headHash: walk.headHash };
  });
}

/** What has been seen so far. */
class Walk {
  readonly counts = { transactions: 0, postings: 0, links: 0, unsealed: 0 };
  readonly stored: number;
  sequence = 0n;
  headHash = GENESIS_HASH;
  readonly #options: VerificationOptions;

  constructor(options: VerificationOptions, stored: number) {
    this.#options = options;
    this.stored = stored;
  }

  /** Called before each page. @throws the signal's reason once it is aborted */
  goOn(stage = 'transactions', fraction = this.counts.transactions / Math.max(1, this.stored)): void {
    this.#options.signal?.throwIfAborted();
    this.#options.onProgress?.({ stage, fraction });
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
  postingsOf: ReadonlyMap<string, readonly CheckedPosting[]>,
  { walk, sequence }: { walk: Walk; sequence: bigint | null },
): LedgerFault | null {
  const { transactionId, kind, reference, effectiveAtMicros } = transaction;
  if (transactionId === null || kind === null || reference === null || effectiveAtMicros === null) return null;
  const postings = postingsOf.get(transactionId) ?? [];
  const { recordedAtMicros } = transaction;
  if (postings.some((posting) => isOtherwiseDated(posting, { effectiveAtMicros, recordedAtMicros }))) {
    return {
      kind: 'CONTENT_CHANGED',
      transactionId,
      sequence,
      detail: 'Its postings have other instants than it has.',
    };
  }
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

function isOtherwiseDated(
  posting: CheckedPosting,
  of: Pick<CheckedTransaction, 'effectiveAtMicros' | 'recordedAtMicros'>,
): boolean {
  return posting.effectiveAtMicros !== of.effectiveAtMicros || posting.recordedAtMicros !== of.recordedAtMicros;
}

/** Only searched for when the numbers say that there is one. */
async function findStray(em: EntityManager, { counts, stored }: Walk): Promise<LedgerFault | null> {
  const none = { transactionId: null, sequence: null };
  if (stored !== counts.transactions) {
    const transactionId = await findTransactionWithoutLink(em);
    const detail = `${stored} transactions are stored, and ${counts.transactions} are linked or wait for it.`;
    return { kind: 'TRANSACTION_STRAY', ...none, transactionId, detail };
  }
  const postings = await countPostings(em);
  if (postings === counts.postings) return null;
  const detail = `${postings} postings are stored, and ${counts.postings} belong to a transaction.`;
  return { kind: 'POSTING_STRAY', ...none, transactionId: await findTransactionOfStrayPosting(em), detail };
}

/** Whoever cuts the end off the chain, or makes all of it anew, cannot make it end as it did before. */
async function checkNotedHead(em: EntityManager): Promise<LedgerFault | null> {
  const noted = await findNotedHead(em);
  if (!noted || noted.hash === noted.notedHash) return null;
  const { sequence, hash, notedHash, notedAt } = noted;
  const detail = `The link is ${hash ?? 'gone'}; on ${notedAt.toISOString()} it was ${notedHash}.`;
  return { kind: 'HEAD_DIFFERS', transactionId: null, sequence, detail };
}

async function findWrongHold(em: EntityManager): Promise<LedgerFault | null> {
  const hold = await findHoldBesideItsSteps(em);
  if (!hold) return null;
  const detail = `Hold ${hold.id} is ${hold.state}; its steps are ${hold.steps.join(', ') || 'none'}.`;
  return { kind: 'HOLD_DIFFERS', transactionId: null, sequence: null, detail };
}

async function runAudits(em: EntityManager, audits: readonly LedgerAudit[], walk: Walk): Promise<LedgerFault | null> {
  for (const [at, audit] of audits.entries()) {
    const fault = await audit.check(em, () => walk.goOn(audit.name, at / audits.length));
    if (!fault) continue;
    const { transactionId, detail } = fault;
    return { kind: 'AUDIT_FAILED', transactionId, sequence: null, detail: `${audit.name}: ${detail}` };
  }
  return null;
}
