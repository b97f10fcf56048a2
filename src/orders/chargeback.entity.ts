import { defineEntity, p } from '@mikro-orm/core';
import { currencyCode, minorUnits, timestamp } from '../platform/columns.ts';
import { Order } from './order.entity.ts';
import { Payment } from './payment.entity.ts';

export const CHARGEBACK_STATES = ['OPEN', 'WON', 'LOST'] as const;
export type ChargebackState = (typeof CHARGEBACK_STATES)[number];

export const ChargebackSchema = defineEntity({
  name: 'Chargeback',
  tableName: 'chargebacks',
  uniques: [{ properties: ['provider', 'providerReference'] }],
  indexes: [{ properties: ['recordedAt', 'id'] }],
  properties: {
    id: p.uuid().primary(),
    paymentId: () => p.manyToOne(Payment).mapToPk().name('payment_id'),
    orderId: () => p.manyToOne(Order).mapToPk().name('order_id').index(),
    provider: p.text(),
    /** The provider's own name of the dispute. */
    providerReference: p.text(),
    state: p.enum(CHARGEBACK_STATES),
    amountMinor: minorUnits(),
    /** What the provider asks for its work, known once opened. It is not given back. */
    feeMinor: minorUnits().nullable(),
    currency: currencyCode(),
    /** The buyer's, as the provider tells it; known once opened. */
    reason: p.text().nullable(),
    recordedAt: timestamp(),
    /** When the provider took the money. Absent while only its end is known: notices come in any order. */
    openedAt: timestamp().nullable(),
    /** When it was decided. */
    closedAt: timestamp().nullable(),
  },
});

/** A payment that the buyer's bank took back, at least until the dispute is decided. */
export class Chargeback extends ChargebackSchema.class {}
ChargebackSchema.setClass(Chargeback);
