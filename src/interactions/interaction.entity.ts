import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';

export const INTERACTION_KINDS = ['VIEW', 'PROGRESS', 'RATE', 'LIKE', 'SHARE', 'DISMISS', 'PURCHASE'] as const;
export type InteractionKind = (typeof INTERACTION_KINDS)[number];

/** Events are validated at the door and carry no foreign keys, so that bulk ingestion stays cheap. */
export const InteractionSchema = defineEntity({
  name: 'Interaction',
  tableName: 'interactions',
  properties: {
    /** Made from the person and the event's own name, so that the same event is one row. */
    id: p.uuid().primary(),
    userId: p.uuid(),
    contentId: p.uuid(),
    kind: p.enum(INTERACTION_KINDS),
    /** PROGRESS: 0 to 1. RATE: 1 to 5. Otherwise absent. */
    value: p.double().nullable(),
    occurredAt: timestamp(),
    receivedAt: timestamp(),
  },
  indexes: [{ properties: ['userId', 'occurredAt'] }],
});

/** Something that a person did with a content. */
export class Interaction extends InteractionSchema.class {}
InteractionSchema.setClass(Interaction);
