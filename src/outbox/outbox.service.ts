import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName } from '../shared/actor.ts';
import { findJob, type JobRow } from './job.queries.ts';
import type { JobName, JobPayloads } from './job-payloads.ts';
import { OutboxMessage, type OutboxMessageSchema } from './outbox-message.entity.ts';

type Tables = InferKyselyDB<typeof OutboxMessageSchema>;

const KEEP_SETTLED_MS = 30 * 24 * 3_600_000;

/** A job to be done, as the relay and the workers see it. */
export interface PendingMessage {
  readonly id: string;
  readonly job: JobName;
  readonly payload: JobPayloads[JobName];
}

/** Why a job was given up. */
export interface JobFailure {
  /** That of the domain error, or INTERNAL. */
  readonly code: string;
  readonly message: string;
}

/** Jobs wanted, kept in the same transaction as the change that wants them. */
export class OutboxService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** Writes the message when `em` flushes. Its id is the job's id, for asking how far the job is. */
  enqueue<Name extends JobName>(
    em: EntityManager,
    message: { job: Name; payload: JobPayloads[Name]; requestedBy: Actor; id?: string },
  ): string {
    const id = message.id ?? this.#platform.ids.next();
    em.create(
      OutboxMessage,
      {
        id,
        job: message.job,
        payload: { ...message.payload },
        createdAt: this.#platform.clock.now(),
        requestedBy: actorName(message.requestedBy),
      },
      { persist: true },
    );
    return id;
  }

  /**
   * As `enqueue`, unless the same job with the same payload waits already and has not been handed to the queue: many
   * events in a row then make one job, which starts after the last of them. The waiting message is locked until `em`
   * commits, so that the relay cannot hand it over before the job could see what `em` wrote.
   */
  async enqueueOnce<Name extends JobName>(
    em: EntityManager,
    message: { job: Name; payload: JobPayloads[Name]; requestedBy: Actor },
  ): Promise<void> {
    const waiting = await rowsOf<Tables>(em)
      .selectFrom('outbox_messages')
      .select('id')
      .where('job', '=', message.job)
      .where('relayed_at', 'is', null)
      .where(sql<boolean>`payload = ${JSON.stringify(message.payload)}::jsonb`)
      .limit(1)
      .forShare()
      .executeTakeFirst();
    if (waiting) return;
    await rowsOf<Tables>(em)
      .insertInto('outbox_messages')
      .values({
        id: this.#platform.ids.next(),
        job: message.job,
        payload: { ...message.payload },
        created_at: this.#platform.clock.now(),
        requested_by: actorName(message.requestedBy),
      })
      .execute();
  }

  /**
   * Writes messages whose ids follow from what they are about, in a transaction of their own. Those that are there
   * already stay as they are.
   */
  async enqueueNamed(
    messages: readonly { id: string; job: JobName; payload: JobPayloads[JobName] }[],
    requestedBy: Actor,
  ): Promise<void> {
    if (messages.length === 0) return;
    const created_at = this.#platform.clock.now();
    const rows = messages.map(({ id, job, payload }) => ({
      id,
      job,
      payload: { ...payload },
      created_at,
      requested_by: actorName(requestedBy),
    }));
    await this.#platform.database
      .read<Tables>()
      .insertInto('outbox_messages')
      .values(rows)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }

  /**
   * Hands waiting messages to `publish`, oldest first, and marks them. A crash in between hands them over again, which
   * the job's id makes harmless. Relays of several processes skip each other's rows.
   *
   * @returns number of messages handed over, at most `limit`
   */
  async relay(limit: number, publish: (messages: readonly PendingMessage[]) => Promise<void>): Promise<number> {
    return this.#platform.database.transaction(async (em) => {
      const rows = await rowsOf<Tables>(em)
        .selectFrom('outbox_messages')
        .select(['id', 'job', 'payload'])
        .where('relayed_at', 'is', null)
        .orderBy('created_at')
        .orderBy('id')
        .limit(limit)
        .forUpdate()
        .skipLocked()
        .execute();
      if (rows.length === 0) return 0;
      await publish(rows as unknown as PendingMessage[]);
      await rowsOf<Tables>(em)
        .updateTable('outbox_messages')
        .set({ relayed_at: this.#platform.clock.now() })
        .where(
          'id',
          'in',
          rows.map((row) => row.id),
        )
        .execute();
      return rows.length;
    });
  }

  /**
   * Makes messages that were handed over before `relayedBefore` and never settled wait again: their job was lost with
   * the queue, or its worker died for good.
   *
   * @returns the messages that wait again
   */
  async reviveLost(relayedBefore: Date): Promise<PendingMessage[]> {
    const rows = await this.#platform.database
      .read<Tables>()
      .updateTable('outbox_messages')
      .set({ relayed_at: null })
      .where('settled_at', 'is', null)
      .where('relayed_at', '<', relayedBefore)
      .returning(['id', 'job', 'payload'])
      .execute();
    return rows as unknown as PendingMessage[];
  }

  /** Forgets messages that were settled a month ago. @returns their number */
  async prune(): Promise<number> {
    const settledBefore = new Date(this.#platform.clock.now().getTime() - KEEP_SETTLED_MS);
    const result = await this.#platform.database
      .read<Tables>()
      .deleteFrom('outbox_messages')
      .where('settled_at', '<', settledBefore)
      .executeTakeFirst();
    return Number(result.numDeletedRows);
  }

  /**
   * Says that a message's job begins, for a relay that was killed before it could: from now on nobody counts on the
   * message any more. Waits for transactions that did until then, so that the job sees what they wrote.
   */
  async begin(id: string): Promise<void> {
    await this.#platform.database
      .read<Tables>()
      .updateTable('outbox_messages')
      .set({ relayed_at: this.#platform.clock.now() })
      .where('id', '=', id)
      .where('relayed_at', 'is', null)
      .execute();
  }

  /**
   * Ends a message for good. A job that was given up and then run again by an operator counts as done.
   *
   * @param failure why the job was given up; none when it is done
   */
  async settle(id: string, failure?: JobFailure): Promise<void> {
    const outcome = failure
      ? { error: failure.message, error_code: failure.code }
      : { error: null, error_code: null, progress: 1 };
    await this.#platform.database
      .read<Tables>()
      .updateTable('outbox_messages')
      .set({ settled_at: this.#platform.clock.now(), ...outcome })
      .where('id', '=', id)
      .where((row) => row.or([row('settled_at', 'is', null), row('error_code', 'is not', null)]))
      .execute();
  }

  /** @param fraction 0 to 1 */
  async reportProgress(id: string, fraction: number): Promise<void> {
    await this.#platform.database
      .read<Tables>()
      .updateTable('outbox_messages')
      .set({ progress: Math.min(1, Math.max(0, fraction)) })
      .where('id', '=', id)
      .execute();
  }

  /** Takes back a message that was not handed over yet. @returns whether it came in time */
  async withdraw(id: string): Promise<boolean> {
    const result = await this.#platform.database
      .read<Tables>()
      .deleteFrom('outbox_messages')
      .where('id', '=', id)
      .where('relayed_at', 'is', null)
      .executeTakeFirst();
    return result.numDeletedRows > 0n;
  }

  /** A job that the actor asked for, or any for an admin; null when there is none such. */
  findJob(actor: Actor, id: string): Promise<JobRow | null> {
    return findJob(this.#platform.database, actor, id);
  }

  /** Number of messages not yet settled. */
  async countOpen(): Promise<number> {
    const row = await this.#platform.database
      .read<Tables>()
      .selectFrom('outbox_messages')
      .select((builder) => builder.fn.countAll<bigint>().as('open'))
      .where('settled_at', 'is', null)
      .executeTakeFirstOrThrow();
    return Number(row.open);
  }
}
