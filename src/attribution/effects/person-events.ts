import type { PathTable } from '../../math/attribution/index.ts';

const DAY_MS = 86_400_000;
const FIRST_EVENTS = 256;

/** How long the touchpoints of a player earn, in days of 24 hours; 0 for views that earn nothing. */
export interface PlayerWindows {
  readonly clickDays: number;
  readonly viewDays: number;
}

export interface TouchEvent {
  readonly timeMs: number;
  /** Place among the players. */
  readonly player: number;
  readonly isView: boolean;
}

export interface ConversionEvent {
  readonly timeMs: number;
  /** Only conversions of the same kind end a journey. */
  readonly kind: number;
  /** Less refunds. */
  readonly value: number;
}

/**
 * The events of one person at a time, in flat arrays that serve the next person too, and the journeys that they make: the
 * same as `journeysOf`, and beside these what was lost.
 */
export class PersonEvents {
  readonly #table: PathTable;
  readonly #windows: readonly PlayerWindows[];
  readonly #longestMs: number;
  #touchMs = new Float64Array(FIRST_EVENTS);
  #players = new Int32Array(FIRST_EVENTS);
  #windowsMs = new Float64Array(FIRST_EVENTS);
  #count = 0;
  #conversions: ConversionEvent[] = [];
  /** Journeys so far that something led to. */
  converted = 0;
  /** Journeys so far that led to nothing. */
  lost = 0;

  /** @param table its channels are the players, under their numbers */
  constructor(table: PathTable, windows: readonly PlayerWindows[]) {
    this.#table = table;
    this.#windows = windows;
    this.#longestMs =
      windows.reduce((most, { clickDays, viewDays }) => Math.max(most, clickDays, viewDays), 0) * DAY_MS;
  }

  /** Touchpoints come in the order of time and then of arrival. One that earns nothing is none. */
  addTouch({ timeMs, player, isView }: TouchEvent): void {
    const windows = this.#windows[player] as PlayerWindows;
    const days = isView ? windows.viewDays : windows.clickDays;
    if (isView && days === 0) return;
    if (this.#count === this.#touchMs.length) this.#grow();
    this.#touchMs[this.#count] = timeMs;
    this.#players[this.#count] = player;
    this.#windowsMs[this.#count] = days * DAY_MS;
    this.#count++;
  }

  /** Conversions come in the order of time and then of arrival. */
  addConversion(conversion: ConversionEvent): void {
    this.#conversions.push(conversion);
  }

  /** Adds the person's journeys to the table, and begins the next person. */
  finish(): void {
    const previousMs = new Map<number, number>();
    for (const { kind, timeMs, value } of this.#conversions) {
      const touches = this.#between(previousMs.get(kind) ?? Number.NEGATIVE_INFINITY, timeMs);
      previousMs.set(kind, timeMs);
      if (touches.length > 0) this.converted += 1;
      this.#add(touches, timeMs, { conversions: 1, value, nulls: 0 });
    }
    const lastMs = this.#conversions.at(-1)?.timeMs ?? Number.NEGATIVE_INFINITY;
    const endMs = this.#count === 0 ? lastMs : (this.#touchMs[this.#count - 1] as number);
    if (endMs > lastMs) {
      this.lost += 1;
      this.#add(this.#between(lastMs, endMs), endMs, { conversions: 0, value: 0, nulls: 1 });
    }
    this.#count = 0;
    this.#conversions = [];
  }

  /** Places of the touchpoints after `sinceMs` that are within their own windows at `endMs`, in order. */
  #between(sinceMs: number, endMs: number): number[] {
    const places: number[] = [];
    const earliestMs = Math.max(sinceMs, endMs - this.#longestMs - 1);
    for (let at = this.#firstAfter(endMs) - 1; at >= 0 && (this.#touchMs[at] as number) > earliestMs; at--) {
      if (endMs - (this.#touchMs[at] as number) <= (this.#windowsMs[at] as number)) places.push(at);
    }
    return places.reverse();
  }

  #firstAfter(timeMs: number): number {
    let [from, to] = [0, this.#count];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#touchMs[middle] as number) <= timeMs) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  #add(places: readonly number[], endMs: number, outcome: Parameters<PathTable['add']>[1]): void {
    const players = places.map((at) => this.#players[at] as number);
    const agesMs = places.map((at) => endMs - (this.#touchMs[at] as number));
    this.#table.add(players, outcome, agesMs);
  }

  #grow(): void {
    const length = 2 * this.#count;
    const [touchMs, players, windowsMs] = [this.#touchMs, this.#players, this.#windowsMs];
    this.#touchMs = new Float64Array(length);
    this.#players = new Int32Array(length);
    this.#windowsMs = new Float64Array(length);
    this.#touchMs.set(touchMs);
    this.#players.set(players);
    this.#windowsMs.set(windowsMs);
  }
}
