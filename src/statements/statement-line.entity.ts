import { DeferMode, defineEntity, p } from '@mikro-orm/core';
import { AllocationShare } from '../allocations/index.ts';
import { Posting } from '../ledger/index.ts';
import { PARTNER_ENTRY_KINDS } from '../partner-accounts/index.ts';
import { minorUnits, timestamp } from '../platform/columns.ts';
import { Statement } from './statement.entity.ts';

export const StatementLineSchema = defineEntity({
  name: 'StatementLine',
  tableName: 'statement_lines',
  uniques: [{ properties: ['statementId', 'position'] }],
  properties: {
    id: p.uuid().primary(),
    /** Checked at the commit: lines are written before their statement, whose root is known after the last of them. */
    statementId: () => p.manyToOne(Statement).mapToPk().name('statement_id').deferMode(DeferMode.INITIALLY_DEFERRED),
    /** 1, 2, 3, ... in the order in which it happened. */
    position: p.integer(),
    /** Unique: a posting is on one statement at most. */
    postingId: () => p.manyToOne(Posting).mapToPk().name('posting_id').unique(),
    /** The allocation share, where there is one. */
    allocationShareId: () => p.manyToOne(AllocationShare).mapToPk().name('allocation_share_id').nullable(),
    /** What it came from, as its owner names it. */
    sourceId: p.uuid(),
    kind: p.enum(PARTNER_ENTRY_KINDS),
    /** Positive: the platform owes the partner more. */
    amountMinor: minorUnits(),
    effectiveAt: timestamp(),
    /** From when on it may be paid out. */
    availableAt: timestamp(),
    /** The month in which it happened, when that was closed already and the line came late. */
    latePeriod: p.string().length(7).columnType('char(7)').nullable(),
    /** How it came about, in one sentence. */
    explanation: p.text(),
    /** Hash of the line as a leaf of its statement's Merkle tree; absent for what was closed before there were roots. */
    leafHash: p.text().nullable(),
  },
});

/** One posting on a partner's account, on the one statement that shows it. */
export class StatementLine extends StatementLineSchema.class {}
StatementLineSchema.setClass(StatementLine);
