import { defineEntity, p } from '@mikro-orm/core';
import { minorUnits, timestamp } from '../platform/columns.ts';
import { Account } from './account.entity.ts';

/** EFFECTIVE: by when it counts. RECORDED: by when we learnt of it. */
export const BALANCE_AXES = ['EFFECTIVE', 'RECORDED'] as const;
export type BalanceAxis = (typeof BALANCE_AXES)[number];

/** Coarsest first. All in UTC. */
export const BUCKET_LEVELS = ['MONTH', 'DAY', 'HOUR', 'MINUTE', 'SECOND'] as const;
export type BucketLevel = (typeof BUCKET_LEVELS)[number];

export const BalanceBucketSchema = defineEntity({
  name: 'BalanceBucket',
  tableName: 'ledger_balance_buckets',
  properties: {
    accountId: () =>
      p.manyToOne(Account).mapToPk().name('account_id').deleteRule('no action').updateRule('no action').primary(),
    axis: p.enum(BALANCE_AXES).primary(),
    level: p.enum(BUCKET_LEVELS).primary(),
    start: timestamp().primary(),
    /** Debit positive. */
    amountMinor: minorUnits(),
    postings: p.bigint('bigint'),
    /** Whether the next finer level has buckets for all of it. */
    refined: p.boolean().default(false),
  },
});

/**
 * The sum of an account's sealed postings in a stretch of time. Kept by the sealer alone, in the transaction of the
 * seals. Only stretches with many postings have finer ones, so that a quiet account has a bucket a month and a busy one
 * never more than a second to add up by hand.
 */
export class BalanceBucket extends BalanceBucketSchema.class {}
BalanceBucketSchema.setClass(BalanceBucket);
