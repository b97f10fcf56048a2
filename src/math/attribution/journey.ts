import { AttributionInputError } from './attribution-input-error.ts';

/** Something that a person did or met at some time; rows with more columns fit too. */
interface Timed {
  /** Unique within its journey. */
  readonly id: string;
  readonly occurredAt: Date;
  /** Order of ingestion, which decides between touches of the same time; unique within its journey. */
  readonly sequence: bigint;
}

/** One contact of one person, as far as the models read it. */
export interface Touch extends Timed {
  /** What models take for one and the same player: a channel, or whatever else credit is to be learnt for. */
  readonly channel: string;
}

/** What one person met that led to no conversion. */
export type UnconvertedJourney = Omit<Journey, 'convertedAt'>;

/** What led one person to one conversion. */
export interface Journey<T extends Touch = Touch> {
  readonly id: string;
  /** Eligible touches in any order (see `eligibleTouches`); empty when nothing led to the conversion. */
  readonly touches: readonly T[];
  readonly convertedAt: Date;
}

const DAY_MS = 86_400_000;

export interface EligibilityInput<T extends Timed & { readonly windowDays: number }> {
  /** Touches of one person in any order, each with the window of its campaign or kind in days, fractions allowed. */
  readonly touches: readonly T[];
  readonly convertedAt: Date;
  /** The person's conversion before this one: touches up to it belong to that one. Null when there was none. */
  readonly previouslyConvertedAt: Date | null;
}

/**
 * The touches that may earn credit for a conversion, in journey order: after the previous conversion, not after this
 * one, and at most `windowDays` days of 24 hours before it; all bounds but the first inclusive.
 *
 * @throws AttributionInputError for an invalid date, or a window that is negative or not finite.
 */
export function eligibleTouches<T extends Timed & { readonly windowDays: number }>(input: EligibilityInput<T>): T[] {
  const convertedMs = timeOf(input.convertedAt, 'The conversion');
  const previousMs = input.previouslyConvertedAt
    ? timeOf(input.previouslyConvertedAt, 'The previous conversion')
    : Number.NEGATIVE_INFINITY;
  const eligible = input.touches.filter((touch) => {
    if (!Number.isFinite(touch.windowDays) || touch.windowDays < 0) {
      throw new AttributionInputError(`Touch "${touch.id}" has a window of ${touch.windowDays} days.`);
    }
    const touchedMs = timeOf(touch.occurredAt, `Touch "${touch.id}"`);
    const ageMs = convertedMs - touchedMs;
    return touchedMs > previousMs && ageMs >= 0 && ageMs <= touch.windowDays * DAY_MS;
  });
  return inJourneyOrder(eligible);
}

/** Sorted by time, then by ingestion sequence; the input is left as it is. */
export function inJourneyOrder<T extends Timed>(touches: readonly T[]): T[] {
  return [...touches].sort(
    (a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || Number(a.sequence - b.sequence),
  );
}

/**
 * Refuses a journey whose order would be left to chance or whose touches cannot have led to its conversion.
 *
 * @throws AttributionInputError when two touches share an id or a sequence, or a touch is after the conversion.
 */
export function assertJourney(journey: Journey): void {
  const convertedMs = timeOf(journey.convertedAt, `The conversion of journey "${journey.id}"`);
  assertTouches(journey);
  const late = journey.touches.find(({ occurredAt }) => occurredAt.getTime() > convertedMs);
  if (late) throw new AttributionInputError(`Touch "${late.id}" is after the conversion of journey "${journey.id}".`);
}

/** @throws AttributionInputError when two touches share an id or a sequence, or one has no valid time. */
export function assertTouches({ id: journeyId, touches }: UnconvertedJourney): void {
  const ids = new Set<string>();
  const sequences = new Set<bigint>();
  for (const { id, occurredAt, sequence } of touches) {
    timeOf(occurredAt, `Touch "${id}"`);
    if (ids.has(id)) throw new AttributionInputError(`Journey "${journeyId}" has touch "${id}" twice.`);
    if (sequences.has(sequence)) {
      throw new AttributionInputError(`Journey "${journeyId}" has two touches with the sequence ${sequence}.`);
    }
    ids.add(id);
    sequences.add(sequence);
  }
}

function timeOf(date: Date, what: string): number {
  const time = date.getTime();
  if (Number.isNaN(time)) throw new AttributionInputError(`${what} has no valid time.`);
  return time;
}
