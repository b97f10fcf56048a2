import { createHash } from 'node:crypto';

/** What a link of the chain vouches for. */
export interface Link {
  /** 1, 2, 3, ... */
  readonly sequence: bigint;
  readonly previousHash: string;
  readonly transactionId: string;
  readonly idempotencyKey: string;
  readonly recordedAtMicros: bigint;
  readonly contentHash: string;
}

/** Stands before the first link. */
export const GENESIS_HASH = '0'.repeat(64);

/**
 * SHA-256, hexadecimal, over the link and the hash of the one before: whoever changes a transaction must make every
 * later link anew.
 */
export function linkHash(link: Link): string {
  const text = JSON.stringify([
    link.previousHash,
    String(link.sequence),
    link.transactionId,
    link.idempotencyKey,
    String(link.recordedAtMicros),
    link.contentHash,
  ]);
  return createHash('sha256').update(text).digest('hex');
}
