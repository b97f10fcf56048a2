import { defineEntity, p } from '@mikro-orm/core';
import { currencyCode, minorUnits, timestamp } from '../platform/columns.ts';

export const CONVERSION_KINDS = ['REGISTRATION', 'PURCHASE', 'LEAD'] as const;
export type ConversionKind = (typeof CONVERSION_KINDS)[number];

export const ConversionSchema = defineEntity({
  name: 'Conversion',
  tableName: 'conversions',
  properties: {
    id: p.uuid().primary(),
    kind: p.enum(CONVERSION_KINDS),
    userId: p.uuid().nullable(),
    visitorId: p.text().nullable(),
    /** The order, for a purchase made on the platform. */
    orderId: p.uuid().nullable().unique(),
    /** Who reported it; absent for what happened on the platform itself. */
    reportedByPartnerId: p.uuid().nullable(),
    valueMinor: minorUnits(),
    /** Part of the value that was paid back since. */
    refundedMinor: minorUnits().default(0),
    currency: currencyCode(),
    occurredAt: timestamp(),
    receivedAt: timestamp(),
    sequence: p.bigint('bigint').columnType('bigserial').autoincrement(),
  },
  indexes: [{ properties: ['userId', 'occurredAt'] }, { properties: ['visitorId'] }, { properties: ['occurredAt'] }],
});

/** A registration, purchase or lead. */
export class Conversion extends ConversionSchema.class {}
ConversionSchema.setClass(Conversion);
