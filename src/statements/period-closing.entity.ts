import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';

export const PeriodClosingSchema = defineEntity({
  name: 'PeriodClosing',
  tableName: 'period_closings',
  properties: {
    /** Month, `2026-10`. */
    period: p.string().length(7).columnType('char(7)').primary(),
    closedAt: timestamp(),
    closedBy: p.text(),
  },
});

/** Says that a month is closed, once and for all. */
export class PeriodClosing extends PeriodClosingSchema.class {}
PeriodClosingSchema.setClass(PeriodClosing);
