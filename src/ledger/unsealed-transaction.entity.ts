import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';
import { LedgerTransaction } from './ledger-transaction.entity.ts';

export const UnsealedTransactionSchema = defineEntity({
  name: 'UnsealedTransaction',
  tableName: 'ledger_unsealed',
  indexes: [{ properties: ['recordedAt', 'transactionId'] }],
  properties: {
    transactionId: () => p.manyToOne(LedgerTransaction).mapToPk().name('transaction_id').primary(),
    recordedAt: timestamp(),
  },
});

/**
 * A transaction that waits for its link in the chain. The database adds the row itself, so that the sealer finds what
 * is new without searching all that is old.
 */
export class UnsealedTransaction extends UnsealedTransactionSchema.class {}
UnsealedTransactionSchema.setClass(UnsealedTransaction);
