import { defineEntity, p } from '@mikro-orm/core';
import { currencyCode, minorUnits, timestamp } from '../platform/columns.ts';
import { Account } from './account.entity.ts';
import { LedgerTransaction } from './ledger-transaction.entity.ts';

export const PostingSchema = defineEntity({
  name: 'Posting',
  tableName: 'ledger_postings',
  uniques: [{ properties: ['transactionId', 'position'] }],
  indexes: ['effective_at', 'recorded_at'].map((column) => ({
    name: `ledger_postings_by_${column}`,
    expression: `create index "ledger_postings_by_${column}" on "ledger_postings" ("account_id", "${column}") include ("amount_minor")`,
  })),
  checks: [{ name: 'ledger_postings_amount_check', expression: 'amount_minor <> 0' }],
  properties: {
    id: p.uuid().primary(),
    transactionId: () => p.manyToOne(LedgerTransaction).mapToPk().name('transaction_id'),
    position: p.smallint(),
    accountId: () => p.manyToOne(Account).mapToPk().name('account_id'),
    /** Debit positive, credit negative. */
    amountMinor: minorUnits(),
    currency: currencyCode(),
    /** What outside the ledger this amount is, as its owner names it. */
    reference: p.text(),
    /** Those of its transaction, which the database sees to: an account's postings are found by time. */
    effectiveAt: timestamp(),
    recordedAt: timestamp(),
  },
});

/** One account's part of a transaction. Neither changed nor deleted. */
export class Posting extends PostingSchema.class {}
PostingSchema.setClass(Posting);
