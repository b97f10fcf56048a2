import { AttributionInputError } from './attribution-input-error.ts';
import { PathTable } from './path-table.ts';
import type { Paths } from './paths.ts';

/** In place of a channel: the event is a conversion. */
const CONVERSION = -1;
const DAY_MS = 86_400_000;
const FIRST_EVENTS = 4_096;

export interface CutOptions {
  /** How many days of 24 hours before the end of a journey a touch may be, at most; null for any. */
  readonly windowDays: number | null;
  /** Whether every journey keeps a row of its own with the ages of its touches. */
  readonly keepAges: boolean;
}

/** Journeys cut from a log. */
export interface CutJourneys {
  readonly paths: Paths;
  /** Touches that were too old for the conversion after them: they are part of no journey. */
  readonly expiredTouches: number;
}

/**
 * What people met and when they converted, event by event in any order, in flat arrays: a million journeys need no object
 * each. Events of the same time come in the order in which they are added.
 */
export class JourneyLog {
  readonly #people = new Map<string, number>();
  readonly #table = new PathTable();
  readonly #channels: string[] = [];
  #persons = new Int32Array(FIRST_EVENTS);
  #timesMs = new Float64Array(FIRST_EVENTS);
  #kinds = new Int32Array(FIRST_EVENTS);
  #values = new Float64Array(FIRST_EVENTS);
  #count = 0;

  addTouch(person: string, timeMs: number, channel: string): void {
    const number = this.#table.channel(channel);
    if (number === this.#channels.length) this.#channels.push(channel);
    this.#append(person, timeMs, { kind: number, value: 0 });
  }

  addConversion(person: string, timeMs: number, value: number): void {
    this.#append(person, timeMs, { kind: CONVERSION, value });
  }

  /**
   * Cuts each person's events into journeys. A journey is what came after the person's previous conversion up to this one,
   * as far as it is inside the window, its bound included. What came after the last conversion is a journey without one; its
   * window ends with its last touch, since nothing later is known. A conversion that nothing led to is an empty journey.
   *
   * @throws AttributionInputError for a window that is negative or not finite.
   */
  cut({ windowDays, keepAges }: CutOptions): CutJourneys {
    if (windowDays !== null && !(Number.isFinite(windowDays) && windowDays >= 0)) {
      throw new AttributionInputError(`The window is ${windowDays} days: it must be a finite number from 0.`);
    }
    const windowMs = windowDays === null ? Number.POSITIVE_INFINITY : windowDays * DAY_MS;
    const table = new PathTable({ keepAges });
    for (const name of this.#channels) table.channel(name);
    const order = this.#inOrder();
    let expiredTouches = 0;
    let from = 0;
    for (let at = 0; at < order.length; at++) {
      const event = order[at] as number;
      const isLast = at + 1 === order.length || this.#persons[order[at + 1] as number] !== this.#persons[event];
      const isConversion = this.#kinds[event] === CONVERSION;
      if (!isConversion && !isLast) continue;
      const touches = order.subarray(from, isConversion ? at : at + 1);
      expiredTouches += this.#addJourney(table, { touches, end: event, windowMs });
      from = at + 1;
    }
    return { paths: table.paths(), expiredTouches };
  }

  /** @returns How many of the touches were too old. */
  #addJourney(
    table: PathTable,
    { touches, end, windowMs }: { touches: Int32Array; end: number; windowMs: number },
  ): number {
    const endMs = this.#timesMs[end] as number;
    let first = 0;
    while (first < touches.length && endMs - (this.#timesMs[touches[first] as number] as number) > windowMs) first++;
    const eligible = touches.subarray(first);
    const converted = this.#kinds[end] === CONVERSION ? 1 : 0;
    table.add(
      eligible.map((touch) => this.#kinds[touch] as number),
      { conversions: converted, value: this.#values[end] as number, nulls: 1 - converted },
      Float64Array.from(eligible, (touch) => endMs - (this.#timesMs[touch] as number)),
    );
    return first;
  }

  #append(person: string, timeMs: number, { kind, value }: { kind: number; value: number }): void {
    if (!Number.isFinite(timeMs)) throw new AttributionInputError(`An event of "${person}" has no valid time.`);
    if (this.#count === this.#persons.length) this.#grow();
    const known = this.#people.get(person);
    if (known === undefined) this.#people.set(person, this.#people.size);
    this.#persons[this.#count] = known ?? this.#people.size - 1;
    this.#timesMs[this.#count] = timeMs;
    this.#kinds[this.#count] = kind;
    this.#values[this.#count] = value;
    this.#count++;
  }

  #grow(): void {
    const length = 2 * this.#count;
    this.#persons = copied(this.#persons, new Int32Array(length));
    this.#timesMs = copied(this.#timesMs, new Float64Array(length));
    this.#kinds = copied(this.#kinds, new Int32Array(length));
    this.#values = copied(this.#values, new Float64Array(length));
  }

  /** Events by person, then by time, then as they came. */
  #inOrder(): Int32Array {
    const starts = new Int32Array(this.#people.size + 1);
    for (let event = 0; event < this.#count; event++) {
      const next = (this.#persons[event] as number) + 1;
      starts[next] = (starts[next] as number) + 1;
    }
    for (let p = 0; p < this.#people.size; p++) starts[p + 1] = (starts[p + 1] as number) + (starts[p] as number);
    const next = starts.slice();
    const order = new Int32Array(this.#count);
    for (let event = 0; event < this.#count; event++) {
      const person = this.#persons[event] as number;
      order[next[person] as number] = event;
      next[person] = (next[person] as number) + 1;
    }
    for (let p = 0; p < this.#people.size; p++) this.#sortByTime(order.subarray(starts[p], starts[p + 1]));
    return order;
  }

  #sortByTime(events: Int32Array): void {
    const isInOrder = events.every((event, at) => at === 0 || this.#compare(events[at - 1] as number, event) < 0);
    if (!isInOrder) events.sort((a, b) => this.#compare(a, b));
  }

  #compare(a: number, b: number): number {
    return (this.#timesMs[a] as number) - (this.#timesMs[b] as number) || a - b;
  }
}

function copied<T extends Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>>(from: T, to: T): T {
  to.set(from);
  return to;
}
