import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';
import { LedgerTransaction } from './ledger-transaction.entity.ts';

export const SealSchema = defineEntity({
  name: 'Seal',
  tableName: 'ledger_seals',
  properties: {
    /** 1, 2, 3, ... without a gap. */
    sequence: p.bigint('bigint').primary().autoincrement(false),
    transactionId: () => p.manyToOne(LedgerTransaction).mapToPk().name('transaction_id').unique(),
    previousHash: p.text(),
    /** SHA-256 over previous hash, sequence, and what identifies the transaction: see `hash-chain.ts`. */
    hash: p.text().unique(),
    sealedAt: timestamp(),
  },
});

/**
 * A transaction's link in the hash chain. Links are made after the commit by one sealer, so that writers never wait
 * for each other.
 */
export class Seal extends SealSchema.class {}
SealSchema.setClass(Seal);
