import { defineEntity, p } from '@mikro-orm/core';
import type { PartnerEntryKind } from '../partner-accounts/index.ts';
import { Partner } from '../partners/index.ts';
import { currencyCode, minorUnits, timestamp } from '../platform/columns.ts';
import { PeriodClosing } from './period-closing.entity.ts';

/** What the lines of one kind come to. The amount is text: JSON numbers lose cents past 2^53. */
export interface KindTotal {
  readonly kind: PartnerEntryKind;
  readonly count: number;
  readonly amountMinor: string;
}

export const StatementSchema = defineEntity({
  name: 'Statement',
  tableName: 'statements',
  uniques: [{ properties: ['partnerId', 'currency', 'closedPeriod'] }],
  properties: {
    id: p.uuid().primary(),
    partnerId: () => p.manyToOne(Partner).mapToPk().name('partner_id'),
    currency: currencyCode(),
    closedPeriod: () => p.manyToOne(PeriodClosing).mapToPk().name('period').index(),
    openingMinor: minorUnits(),
    closingMinor: minorUnits(),
    /** How much of the closing balance was still on hold when the month was closed. */
    pendingMinor: minorUnits(),
    lineCount: p.integer(),
    totals: p.json<readonly KindTotal[]>(),
    /** The statement of the month before, whose closing balance is the opening one. */
    previousId: () => p.manyToOne(Statement).mapToPk().name('previous_id').nullable().unique(),
    /** Root of the Merkle tree over header and lines, hexadecimal; absent for what was closed before there were roots. */
    merkleRoot: p.text().nullable(),
    closedAt: timestamp(),
  },
});

/** What one partner earned in one closed month. Never changed: what comes later is in a later one. */
export class Statement extends StatementSchema.class {}
StatementSchema.setClass(Statement);
