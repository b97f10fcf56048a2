import type { InferKyselyDB } from '@mikro-orm/postgresql';
import type { Database } from '../platform/database.ts';
import { type Actor, actorName, hasRole } from '../shared/actor.ts';
import type { OutboxMessageSchema } from './outbox-message.entity.ts';

type Tables = InferKyselyDB<typeof OutboxMessageSchema>;

export interface JobRow {
  readonly id: string;
  readonly job: string;
  /** 0 to 1. */
  readonly progress: number;
  readonly error: string | null;
  readonly errorCode: string | null;
  readonly createdAt: Date;
  /** Handed to the queue. */
  readonly relayedAt: Date | null;
  readonly settledAt: Date | null;
}

/** A job that the actor asked for, or any for an admin; null when there is none such. */
export async function findJob(database: Database, actor: Actor, id: string): Promise<JobRow | null> {
  if (actor.kind === 'ANONYMOUS') return null;
  const row = await database
    .read<Tables>()
    .selectFrom('outbox_messages')
    .select(['id', 'job', 'progress', 'error', 'error_code as errorCode'])
    .select(['created_at as createdAt', 'relayed_at as relayedAt', 'settled_at as settledAt'])
    .where('id', '=', id)
    .$if(!hasRole(actor, 'ADMIN'), (query) => query.where('requested_by', '=', actorName(actor)))
    .executeTakeFirst();
  return row ? { ...row, progress: Number(row.progress) } : null;
}
