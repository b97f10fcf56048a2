import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';

export const VerificationSchema = defineEntity({
  name: 'Verification',
  tableName: 'ledger_verifications',
  indexes: [{ properties: ['finishedAt', 'id'] }],
  properties: {
    /** That of the job that did it. */
    id: p.uuid().primary(),
    requestedBy: p.text(),
    startedAt: timestamp(),
    finishedAt: timestamp(),
    /** The first fault; null when there is none. */
    faultKind: p.text().nullable(),
    faultTransactionId: p.uuid().nullable(),
    faultSequence: p.bigint('bigint').nullable(),
    faultDetail: p.text().nullable(),
    transactions: p.bigint('bigint'),
    postings: p.bigint('bigint'),
    links: p.bigint('bigint'),
    unsealed: p.bigint('bigint'),
    headHash: p.text(),
  },
});

/** What recomputing the books found, kept so that a head hash of long ago can be compared with today's. Never changed. */
export class Verification extends VerificationSchema.class {}
VerificationSchema.setClass(Verification);
