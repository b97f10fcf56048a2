import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';

export const ProviderEventSchema = defineEntity({
  name: 'ProviderEvent',
  tableName: 'provider_events',
  indexes: [{ properties: ['paymentId', 'receivedAt'] }],
  properties: {
    provider: p.text().primary(),
    /** The provider's own id of the event: a second delivery finds the first one here. */
    eventId: p.text().primary(),
    type: p.text(),
    /**
     * The payment that it speaks of, directly or by a refund. Without a foreign key: its lock would be taken before the
     * payment's own, and two events of one payment would wait for each other.
     */
    paymentId: p.uuid().nullable(),
    payload: p.json<Record<string, unknown>>(),
    receivedAt: timestamp(),
  },
});

/** A webhook that a payment provider sent, kept as it came. */
export class ProviderEvent extends ProviderEventSchema.class {}
ProviderEventSchema.setClass(ProviderEvent);
