import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';

export const LedgerTransactionSchema = defineEntity({
  name: 'LedgerTransaction',
  tableName: 'ledger_transactions',
  properties: {
    id: p.uuid().primary(),
    /** Same key and same input: the first answer. Same key and other input: refused. */
    idempotencyKey: p.text().unique(),
    /** SHA-256 over kind, reference, effective time and postings: see `content-hash.ts`. */
    contentHash: p.text(),
    kind: p.text(),
    /** What outside the ledger this records, as its owner names it. */
    reference: p.text(),
    /** When it counts. */
    effectiveAt: timestamp(),
    /** When we learnt of it. */
    recordedAt: timestamp(),
    /** How many postings it has. Says it beforehand, so that the database refuses one more and one less. */
    postingCount: p.smallint(),
  },
});

/** Postings that sum to zero in each currency. Neither changed nor deleted, which the database enforces. */
export class LedgerTransaction extends LedgerTransactionSchema.class {}
LedgerTransactionSchema.setClass(LedgerTransaction);
