import type { InteractionKind } from './interaction.entity.ts';

/** One event as a client tells it. */
export interface InteractionEvent {
  /** The client's own name for the event, unique for the person: told again, it is not counted again. */
  readonly eventId: string;
  /** Null when what the client named is no content of ours. */
  readonly contentId: string | null;
  readonly kind: InteractionKind;
  readonly value: number | null;
  readonly occurredAt: Date;
}

export const REFUSAL_REASONS = [
  'EVENT_ID_INVALID',
  'KIND_NOT_ACCEPTED',
  'VALUE_MISSING',
  'VALUE_NOT_EXPECTED',
  'VALUE_OUT_OF_BOUNDS',
  'TIME_OUT_OF_BOUNDS',
  'UNKNOWN_CONTENT',
] as const;
export type RefusalReason = (typeof REFUSAL_REASONS)[number];

export const MAX_EVENT_ID_LENGTH = 128;

/** What the number of an event means, for the kinds that have one. A purchase comes from an order and nowhere else. */
const VALUE_BOUNDS: Readonly<Record<InteractionKind, { min: number; max: number } | 'NONE' | 'NOT_ACCEPTED'>> = {
  VIEW: 'NONE',
  PROGRESS: { min: 0, max: 1 },
  RATE: { min: 1, max: 5 },
  LIKE: 'NONE',
  SHARE: 'NONE',
  DISMISS: 'NONE',
  PURCHASE: 'NOT_ACCEPTED',
};

/** Clocks of phones run ahead a little; an event from further on is a mistake. */
const CLOCK_SKEW_MS = 5 * 60_000;
const EARLIEST_MS = Date.UTC(2000, 0, 1);

/** Why an event cannot go in, by itself alone; null when it can. */
export function refusalOf(event: InteractionEvent, now: Date): RefusalReason | null {
  if (event.eventId.length === 0 || event.eventId.length > MAX_EVENT_ID_LENGTH) return 'EVENT_ID_INVALID';
  return refusalOfValue(event) ?? refusalOfTime(event.occurredAt, now);
}

function refusalOfValue({ kind, value }: InteractionEvent): RefusalReason | null {
  const bounds = VALUE_BOUNDS[kind];
  if (bounds === 'NOT_ACCEPTED') return 'KIND_NOT_ACCEPTED';
  if (bounds === 'NONE') return value === null ? null : 'VALUE_NOT_EXPECTED';
  if (value === null) return 'VALUE_MISSING';
  return value >= bounds.min && value <= bounds.max ? null : 'VALUE_OUT_OF_BOUNDS';
}

function refusalOfTime(occurredAt: Date, now: Date): RefusalReason | null {
  const atMs = occurredAt.getTime();
  return atMs >= EARLIEST_MS && atMs <= now.getTime() + CLOCK_SKEW_MS ? null : 'TIME_OUT_OF_BOUNDS';
}
