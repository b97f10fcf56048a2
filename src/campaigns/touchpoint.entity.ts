import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';
import { CHANNELS } from './campaign.entity.ts';

export const TOUCH_KINDS = ['IMPRESSION', 'CLICK', 'VISIT'] as const;
export type TouchKind = (typeof TOUCH_KINDS)[number];

/** Events are validated at the door and carry no foreign keys, so that bulk ingestion stays cheap. */
export const TouchpointSchema = defineEntity({
  name: 'Touchpoint',
  tableName: 'touchpoints',
  properties: {
    id: p.uuid().primary(),
    campaignId: p.uuid(),
    partnerId: p.uuid(),
    channel: p.enum(CHANNELS),
    kind: p.enum(TOUCH_KINDS),
    userId: p.uuid().nullable(),
    /** Pseudonym of a person who is not known yet: a first-party cookie's value. */
    visitorId: p.text().nullable(),
    occurredAt: timestamp(),
    receivedAt: timestamp(),
    /** Order of arrival. Breaks ties between touchpoints of the same instant. */
    sequence: p.bigint('bigint').columnType('bigserial').autoincrement(),
  },
  indexes: [
    { properties: ['campaignId', 'occurredAt'] },
    { properties: ['userId', 'occurredAt'] },
    { properties: ['visitorId'] },
  ],
});

/** One contact of one person with one campaign through one channel and partner at one time. */
export class Touchpoint extends TouchpointSchema.class {}
TouchpointSchema.setClass(Touchpoint);
