import { bulkInsert } from '../platform/bulk-insert.ts';
import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, requireUser } from '../shared/actor.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { idFromName } from '../shared/ids.ts';
import { findOncePublishedIds } from './interaction.queries.ts';
import { type InteractionEvent, type RefusalReason, refusalOf } from './interaction-event.ts';

/** How a batch of events went in. */
export interface RecordedInteractions {
  /** Events that are new and stored now. */
  readonly accepted: number;
  /** Events that were stored before, or stand in the batch twice. */
  readonly duplicates: number;
  readonly refused: readonly RefusedEvent[];
}

export interface RefusedEvent {
  /** Place of the event in the batch, from 0. */
  readonly index: number;
  readonly eventId: string;
  readonly reason: RefusalReason;
}

export const MAX_EVENTS = 1_000;

/** What people do with contents. */
export class InteractionService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * Takes what the person who asks did. A bad event is refused by its place and the good ones go in, so that one
   * mistake of a client costs one event. An event is known by person and event id: told again, in any batch, it counts
   * as a duplicate, and what was told first stands.
   *
   * @param events from 1 to `MAX_EVENTS`
   * @throws UnauthenticatedError
   * @throws InvalidInputError when there are no events, or too many
   */
  async record(actor: Actor, events: readonly InteractionEvent[]): Promise<RecordedInteractions> {
    const { userId } = requireUser(actor);
    if (events.length < 1 || events.length > MAX_EVENTS) {
      throw new InvalidInputError('events', `There must be from 1 to ${MAX_EVENTS} events, not ${events.length}.`);
    }
    const { database, clock } = this.#platform;
    const now = clock.now();
    const contentIds = new Set(events.flatMap((event) => event.contentId ?? []));
    const known = await findOncePublishedIds(database, [...contentIds]);
    const refused: RefusedEvent[] = [];
    const rows: Record<string, unknown>[] = [];
    events.forEach((event, index) => {
      const unknown = event.contentId === null || !known.has(event.contentId);
      const reason = refusalOf(event, now) ?? (unknown ? 'UNKNOWN_CONTENT' : null);
      if (reason) refused.push({ index, eventId: event.eventId, reason });
      else rows.push(toRow(userId, event, now));
    });
    const accepted = await database.transaction((em) => bulkInsert(em, 'interactions', rows));
    return { accepted, duplicates: rows.length - accepted, refused };
  }

  /**
   * Notes that an order was paid, within its transaction. The same order and content are one interaction however often
   * this is told.
   */
  async recordPurchases(
    em: EntityManager,
    purchase: { userId: string; contentIds: readonly string[]; orderId: string; at: Date },
  ): Promise<void> {
    const { userId, orderId, at } = purchase;
    const rows = purchase.contentIds.map((contentId) => ({
      id: idFromName('interaction of an order', `${orderId}:${contentId}`),
      user_id: userId,
      content_id: contentId,
      kind: 'PURCHASE',
      value: null,
      occurred_at: at,
      received_at: this.#platform.clock.now(),
    }));
    await bulkInsert(em, 'interactions', rows);
  }
}

function toRow(userId: string, event: InteractionEvent, receivedAt: Date): Record<string, unknown> {
  return {
    id: idFromName('interaction', `${userId}:${event.eventId}`),
    user_id: userId,
    content_id: event.contentId,
    kind: event.kind,
    value: event.value,
    occurred_at: event.occurredAt,
    received_at: receivedAt,
  };
}
