import { parse } from 'csv-parse/sync';
import { type Line, TOO_LONG } from './line-reader.ts';
import { isText, MAX_RECORD_CHARS, NOT_UTF8, type UnreadableRecord } from './record-source.ts';

export interface CsvRecord {
  readonly line: number;
  readonly raw: string;
  readonly fields: readonly string[];
}

export type CsvItem = CsvRecord | UnreadableRecord;

/** Pending lines `from` to before `to` that seem to be one record, or one line that cannot begin one. */
interface Span {
  readonly from: number;
  readonly to: number;
  readonly reason?: string;
}

/** Records that go to the parser together. */
const GROUP = 1_000;
/** A quoted field over more lines than this is a quote that somebody forgot. */
const MAX_RECORD_LINES = 500;
const STRAY_QUOTE = 'has a quote where CSV has none, or one that is never closed';

/**
 * Makes CSV records (RFC 4180) of lines. A record goes on to the next line as long as its quotes are odd in number. When
 * such a run of lines turns out to be no record, its first line alone is given up and the search goes on with the
 * second: a stray quote never takes the good lines after it along.
 */
export class CsvRecords {
  #pending: Line[] = [];
  #next = 0;
  #fieldCount: number | undefined;

  push(lines: readonly Line[]): void {
    this.#pending = [...this.#pending.slice(this.#next), ...lines];
    this.#next = 0;
  }

  /** From here on, a record over several lines with another number of fields counts as a stray quote. */
  expectFields(count: number): void {
    this.#fieldCount = count;
  }

  /**
   * Records that are whole by now.
   *
   * @param options `atEnd` no more lines will come; `limit` most records to give
   */
  take(options: { atEnd: boolean; limit?: number }): CsvItem[] {
    const items: CsvItem[] = [];
    const limit = options.limit ?? Number.POSITIVE_INFINITY;
    while (items.length < limit) {
      const spans = this.#assemble(options.atEnd, Math.min(GROUP, limit - items.length));
      if (spans.length === 0) break;
      this.#parse(spans, items);
    }
    return items;
  }

  #assemble(atEnd: boolean, limit: number): Span[] {
    const spans: Span[] = [];
    let from = this.#next;
    while (spans.length < limit) {
      while (this.#pending[from]?.text.trim() === '') from++;
      const span = this.#spanAt(from, atEnd);
      if (!span) break;
      spans.push(span);
      from = span.to;
    }
    if (spans.length === 0) this.#next = from;
    return spans;
  }

  #spanAt(from: number, atEnd: boolean): Span | undefined {
    let quotes = 0;
    let chars = 0;
    for (let at = from; at < this.#pending.length; at++) {
      const line = this.#pending[at];
      if (!line) break;
      if (line.tooLong && at === from) return { from, to: from + 1, reason: TOO_LONG };
      quotes += countQuotes(line.text);
      chars += line.text.length;
      if (chars > MAX_RECORD_CHARS || at - from >= MAX_RECORD_LINES) {
        return { from, to: from + 1, reason: STRAY_QUOTE };
      }
      if (quotes % 2 === 0) return { from, to: at + 1 };
    }
    return atEnd && from < this.#pending.length ? { from, to: from + 1, reason: STRAY_QUOTE } : undefined;
  }

  #parse(spans: readonly Span[], items: CsvItem[]): void {
    const together = spans.some((span) => span.reason) ? null : parseTogether(spans.map((span) => this.#textOf(span)));
    if (together && spans.every((span, at) => this.#fits(span, together[at]))) {
      spans.forEach((span, at) => {
        items.push(this.#recordOf(span, together[at] ?? []));
      });
      this.#next = spans.at(-1)?.to ?? this.#next;
      return;
    }
    this.#parseOneByOne(spans, items);
  }

  /** Stops after the first run of lines that was no record: those behind it have to be put together anew. */
  #parseOneByOne(spans: readonly Span[], items: CsvItem[]): void {
    for (const span of spans) {
      const fields = span.reason ? undefined : parseTogether([this.#textOf(span)])?.[0];
      if (fields && this.#fits(span, fields)) {
        items.push(this.#recordOf(span, fields));
        this.#next = span.to;
        continue;
      }
      items.push({ ...this.#placeOf({ from: span.from, to: span.from + 1 }), reason: span.reason ?? STRAY_QUOTE });
      this.#next = span.from + 1;
      if (span.to > span.from + 1) return;
    }
  }

  #fits(span: Span, fields: readonly string[] | undefined): boolean {
    if (!fields) return false;
    return span.to === span.from + 1 || this.#fieldCount === undefined || fields.length === this.#fieldCount;
  }

  #recordOf(span: Span, fields: readonly string[]): CsvItem {
    const place = this.#placeOf(span);
    return isText(place.raw) ? { ...place, fields } : { ...place, reason: NOT_UTF8 };
  }

  #placeOf(span: Span): { line: number; raw: string } {
    return { line: this.#pending[span.from]?.number ?? 0, raw: this.#textOf(span) };
  }

  #textOf({ from, to }: Span): string {
    if (to === from + 1) return this.#pending[from]?.text ?? '';
    return this.#pending
      .slice(from, to)
      .map((line) => line.text)
      .join('\n');
  }
}

function countQuotes(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) count++;
  return count;
}

/** Null when the texts are not exactly one record each. */
function parseTogether(texts: readonly string[]): string[][] | null {
  try {
    const rows = parse(texts.join('\n'), { relax_column_count: true, record_delimiter: '\n' });
    return rows.length === texts.length ? rows : null;
  } catch {
    return null;
  }
}
