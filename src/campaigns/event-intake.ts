import { sql } from 'kysely';
import { DateTime } from 'luxon';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { isUuid } from '../shared/ids.ts';

export const MAX_EVENTS = 1_000;

/** Why one event of a batch was not taken. */
export const EVENT_REFUSALS = [
  'EVENT_ID_INVALID',
  'KIND_UNKNOWN',
  'UNKNOWN_CAMPAIGN',
  'CAMPAIGN_NOT_STARTED',
  'CHANNEL_NOT_OF_CAMPAIGN',
  'PERSON_MISSING',
  'VISITOR_ID_INVALID',
  'UNKNOWN_USER',
  'TIME_INVALID',
  'TIME_OUT_OF_BOUNDS',
  'VALUE_INVALID',
  'CURRENCY_UNKNOWN',
] as const;
export type EventRefusal = (typeof EVENT_REFUSALS)[number];

/** What both kinds of events say, as it came: nothing of it is trusted. */
export interface ReportedEvent {
  /** The reporter's own name of the event. */
  readonly eventId: string | null;
  readonly kind: string | null;
  readonly userId: string | null;
  readonly visitorId: string | null;
  /** ISO 8601 with an offset. */
  readonly occurredAt: string | null;
}

export interface RefusedEvent {
  /** Place in the batch, from 0. */
  readonly index: number;
  readonly eventId: string | null;
  readonly reason: EventRefusal;
}

/** How a batch of events went in. */
export interface RecordedEvents {
  /** Events that are new and stored now. */
  readonly accepted: number;
  /** Events that were stored before, or stand in the batch twice. */
  readonly duplicates: number;
  readonly refused: readonly RefusedEvent[];
}

/** What checks read beside the event. */
export interface IntakeFacts {
  readonly now: Date;
  readonly userIds: ReadonlySet<string>;
}

const MAX_AHEAD_MS = 5 * 60_000;
const EARLIEST_MS = Date.UTC(2000, 0, 1);
const EVENT_ID = /^[\x21-\x7e]{1,128}$/;
const VISITOR_ID = /^[\x21-\x7e]{1,128}$/;
const OFFSET = /(?:Z|[+-]\d{2}:?\d{2})$/;

/** @throws InvalidInputError when a batch has no events, or too many */
export function checkBatch(events: readonly unknown[]): void {
  if (events.length >= 1 && events.length <= MAX_EVENTS) return;
  throw new InvalidInputError('events', `There must be from 1 to ${MAX_EVENTS} events, not ${events.length}.`);
}

/** Checks every event by itself, so that a bad one costs one event. Rows keep the order of the batch. */
export function sortOut<Event extends ReportedEvent, Row extends object>(
  events: readonly Event[],
  check: (event: Event) => Row | EventRefusal,
): { rows: Row[]; refused: RefusedEvent[] } {
  const rows: Row[] = [];
  const refused: RefusedEvent[] = [];
  events.forEach((event, index) => {
    const result = check(event);
    if (typeof result === 'string') refused.push({ index, eventId: event.eventId, reason: result });
    else rows.push(result);
  });
  return { rows, refused };
}

/** The columns that both kinds of events share, or why there are none. */
export function checkEvent(event: ReportedEvent, { now, userIds }: IntakeFacts) {
  const { eventId, userId, visitorId } = event;
  if (eventId === null || !EVENT_ID.test(eventId)) return 'EVENT_ID_INVALID';
  if (userId === null && visitorId === null) return 'PERSON_MISSING';
  if (visitorId !== null && !VISITOR_ID.test(visitorId)) return 'VISITOR_ID_INVALID';
  if (userId !== null && !userIds.has(userId)) return 'UNKNOWN_USER';
  const occurredAt = event.occurredAt === null ? null : parseInstant(event.occurredAt);
  if (!occurredAt) return 'TIME_INVALID';
  const occurredMs = occurredAt.getTime();
  if (occurredMs > now.getTime() + MAX_AHEAD_MS || occurredMs < EARLIEST_MS) return 'TIME_OUT_OF_BOUNDS';
  return { eventId, user_id: userId, visitor_id: visitorId, occurred_at: occurredAt, received_at: now };
}

/** Those of the people named in a batch who have an account. */
export async function findKnownUsers(em: EntityManager, events: readonly ReportedEvent[]): Promise<Set<string>> {
  const ids = [...new Set(events.flatMap(({ userId }) => (userId !== null && isUuid(userId) ? [userId] : [])))];
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`select id from users where id = any(${ids}::uuid[])`.execute(rowsOf(em));
  return new Set(rows.map((row) => row.id));
}

/**
 * Lets one transaction at a time write the events of a reporter: two that repeat each other's events in another order
 * would wait for each other for ever.
 */
export async function lockReporter(em: EntityManager, partnerId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`events of ${partnerId}`}, 0))`.execute(rowsOf(em));
}

function parseInstant(text: string): Date | null {
  if (!OFFSET.test(text)) return null;
  const time = DateTime.fromISO(text);
  return time.isValid ? time.toJSDate() : null;
}
