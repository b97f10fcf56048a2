import { defineEntity, p } from '@mikro-orm/core';
import { Partner } from '../partners/index.ts';
import { currencyCode, minorUnits, timestamp } from '../platform/columns.ts';
import { PeriodClosing } from './period-closing.entity.ts';

export const StatementSchema = defineEntity({
  name: 'Statement',
  tableName: 'statements',
  uniques: [{ properties: ['partnerId', 'currency', 'closedPeriod'] }],
  properties: {
    id: p.uuid().primary(),
    partnerId: () => p.manyToOne(Partner).mapToPk().name('partner_id'),
    currency: currencyCode(),
    closedPeriod: () => p.manyToOne(PeriodClosing).mapToPk().name('period'),
    openingMinor: minorUnits(),
    closingMinor: minorUnits(),
    closedAt: timestamp(),
  },
});

/** What one partner earned in one closed month. Never changed: what comes later is in a later one. */
export class Statement extends StatementSchema.class {}
StatementSchema.setClass(Statement);
