import { createHash } from 'node:crypto';

/** What a transaction says, as it is hashed: the same whether it comes from an entry or from the stored rows. */
export interface TransactionContent {
  readonly kind: string;
  readonly reference: string;
  /** Microseconds since 1970: the database keeps no less. */
  readonly effectiveAtMicros: bigint;
  /** By position. */
  readonly postings: readonly PostingContent[];
}

export interface PostingContent {
  readonly accountCode: string;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly reference: string;
}

/** SHA-256, hexadecimal, over the content as a JSON list whose order is fixed here, so that there is one text for it. */
export function contentHash({ kind, reference, effectiveAtMicros, postings }: TransactionContent): string {
  const lines = postings.map((posting) => [
    posting.accountCode,
    posting.currency,
    String(posting.amountMinor),
    posting.reference,
  ]);
  const text = JSON.stringify([kind, reference, String(effectiveAtMicros), lines]);
  return createHash('sha256').update(text).digest('hex');
}
