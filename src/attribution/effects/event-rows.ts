import type { PersonEvents } from './person-events.ts';

/** "PGCOPY" and what follows it, flags and the length of an extension that there is none of. */
const HEADER_BYTES = 19;
const FIELDS = 6;
const END_OF_ROWS = -1;
const NULL = -1;
const WORD = 2 ** 32;
/** PostgreSQL counts microseconds from 2000-01-01. */
const EPOCH_MS = Date.UTC(2000, 0, 1);

/**
 * Reads rows of the binary format of COPY (PostgreSQL manual, COPY, "Binary Format") as they come, in pieces that end
 * anywhere: account, pseudonym (one of the two, and the same for all rows of a person), time, player (of a touchpoint),
 * kind, and value (of a conversion). Rows come person by person.
 */
export class EventRows {
  readonly #events: PersonEvents;
  #rest: Buffer = Buffer.alloc(0);
  #person: Buffer = Buffer.alloc(0);
  #isBegun = false;

  constructor(events: PersonEvents) {
    this.#events = events;
  }

  take(chunk: Buffer): void {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    let at = 0;
    if (!this.#isBegun) {
      if (bytes.length < HEADER_BYTES) {
        this.#rest = bytes;
        return;
      }
      this.#isBegun = true;
      at = HEADER_BYTES;
    }
    for (;;) {
      const next = endOfRow(bytes, at);
      if (next === null) break;
      this.#read(bytes, at);
      at = next;
    }
    this.#rest = bytes.subarray(at);
  }

  /** After the last piece. */
  finish(): void {
    if (this.#person.length > 0) this.#events.finish();
  }

  #read(bytes: Buffer, from: number): void {
    const personAt = from + 2;
    const timeAt = endOfField(bytes, endOfField(bytes, personAt));
    this.#turnTo(bytes, personAt, timeAt);
    const playerAt = endOfField(bytes, timeAt);
    const kindAt = endOfField(bytes, playerAt);
    const timeMs = EPOCH_MS + Math.floor(int64(bytes, timeAt + 4) / 1_000);
    const kind = bytes.readInt32BE(kindAt + 4);
    if (bytes.readInt32BE(playerAt) === NULL) {
      const value = int64(bytes, endOfField(bytes, kindAt) + 4);
      this.#events.addConversion({ timeMs, kind, value });
      return;
    }
    this.#events.addTouch({ timeMs, player: bytes.readInt32BE(playerAt + 4), isView: kind === 1 });
  }

  #turnTo(bytes: Buffer, from: number, to: number): void {
    if (this.#person.length === to - from && bytes.compare(this.#person, 0, to - from, from, to) === 0) return;
    if (this.#person.length > 0) this.#events.finish();
    this.#person = Buffer.from(bytes.subarray(from, to));
  }
}

/** Where the row that begins at `at` ends; null when it is not all there, or is the mark behind the last one. */
function endOfRow(bytes: Buffer, at: number): number | null {
  if (bytes.length < at + 2 || bytes.readInt16BE(at) === END_OF_ROWS) return null;
  let end = at + 2;
  for (let field = 0; field < FIELDS; field++) {
    if (bytes.length < end + 4) return null;
    end = endOfField(bytes, end);
  }
  return end <= bytes.length ? end : null;
}

function endOfField(bytes: Buffer, at: number): number {
  const length = bytes.readInt32BE(at);
  return at + 4 + (length === NULL ? 0 : length);
}

/** Exact up to 2^53. */
function int64(bytes: Buffer, at: number): number {
  return bytes.readInt32BE(at) * WORD + bytes.readUInt32BE(at + 4);
}
