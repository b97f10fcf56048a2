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

/** Of two ends that are told, the later in this order counts, whichever comes first. */
const RANK: Readonly<Record<ChargebackState, number>> = { OPEN: 0, LOST: 1, WON: 2 };

/** A payment that the buyer's bank took back, at least until the dispute is decided. */
export class Chargeback extends ChargebackSchema.class {
  /** @returns whether it changed anything: a chargeback is opened once */
  open(facts: { feeMinor: bigint; reason: string; at: Date }): boolean {
    if (this.openedAt) return false;
    this.openedAt = facts.at;
    this.feeMinor = facts.feeMinor;
    this.reason = facts.reason;
    return true;
  }

  /**
   * A chargeback that was lost can still be won; one that was won stays so, and a second dispute has its own name.
   *
   * @returns whether it changed anything
   */
  close(outcome: 'WON' | 'LOST', at: Date): boolean {
    if (RANK[outcome] <= RANK[this.state]) return false;
    this.state = outcome;
    this.closedAt = at;
    return true;
  }
}
ChargebackSchema.setClass(Chargeback);
