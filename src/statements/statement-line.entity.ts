import { defineEntity, p } from '@mikro-orm/core';
import { AllocationShare } from '../allocations/index.ts';
import { Posting } from '../ledger/index.ts';
import { minorUnits, timestamp } from '../platform/columns.ts';
import { Statement } from './statement.entity.ts';

export const STATEMENT_LINE_KINDS = ['SALE', 'REFUND'] as const;

export const StatementLineSchema = defineEntity({
  name: 'StatementLine',
  tableName: 'statement_lines',
  uniques: [{ properties: ['statementId', 'position'] }],
  properties: {
    id: p.uuid().primary(),
    statementId: () => p.manyToOne(Statement).mapToPk().name('statement_id'),
    position: p.integer(),
    /** Unique: a posting is on one statement at most. */
    postingId: () => p.manyToOne(Posting).mapToPk().name('posting_id').unique(),
    allocationShareId: () => p.manyToOne(AllocationShare).mapToPk().name('allocation_share_id'),
    kind: p.enum(STATEMENT_LINE_KINDS),
    /** Positive: the partner earns. */
    amountMinor: minorUnits(),
    effectiveAt: timestamp(),
    /** The month in which it happened, when that was closed already and the line came late. */
    latePeriod: p.string().length(7).columnType('char(7)').nullable(),
  },
});

/** One posting on a partner's account, on the one statement that shows it. */
export class StatementLine extends StatementLineSchema.class {}
StatementLineSchema.setClass(StatementLine);
