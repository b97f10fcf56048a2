import { defineEntity, p } from '@mikro-orm/core';
import { timestamp } from '../platform/columns.ts';

export const OutboxMessageSchema = defineEntity({
  name: 'OutboxMessage',
  tableName: 'outbox_messages',
  properties: {
    /** Becomes the job's id, so that a message relayed twice is one job. */
    id: p.uuid().primary(),
    job: p.text(),
    payload: p.json<Record<string, unknown>>(),
    createdAt: timestamp(),
    /** Handed to the queue. */
    relayedAt: timestamp().nullable(),
    /** Done for good, or given up with `error`. Until then the message can be relayed again. */
    settledAt: timestamp().nullable(),
    /** Code of the domain error that ended the job, or INTERNAL. */
    errorCode: p.text().nullable(),
    error: p.text().nullable(),
    /** 0 to 1, written by long jobs. */
    progress: p.double().default(0),
    requestedBy: p.text(),
  },
  indexes: [
    {
      name: 'outbox_messages_to_relay',
      expression:
        'create index "outbox_messages_to_relay" on "outbox_messages" ("created_at", "id") where "relayed_at" is null',
    },
    {
      name: 'outbox_messages_open',
      expression: 'create index "outbox_messages_open" on "outbox_messages" ("relayed_at") where "settled_at" is null',
    },
  ],
});

/** A job that the transaction which wrote it wants done. */
export class OutboxMessage extends OutboxMessageSchema.class {}
OutboxMessageSchema.setClass(OutboxMessage);
