import type { TextLine } from './text-lines.ts';

/** A row of cells, a comment, or a line that is neither, which has a `fault`. */
export type Row =
  | { readonly form: 'CELLS'; readonly line: number; readonly raw: string; readonly cells: readonly string[] }
  | { readonly form: 'COMMENT'; readonly line: number; readonly raw: string }
  | { readonly form: 'FAULT'; readonly line: number; readonly raw: string; readonly fault: string };

export interface RowRules {
  readonly delimiter: string;
  readonly cellPrefix?: string | undefined;
  readonly commentPrefix?: string | undefined;
}

/** A quoted cell over more lines than this is a quote that somebody forgot. */
const MAX_ROW_LINES = 200;
const MAX_ROW_CHARS = 256 * 1024;
const STRAY_QUOTE = 'has a quote where CSV has none, or one that is never closed';

/**
 * Makes rows of lines, by RFC 4180: a row goes on to the next line as long as a quote is open. When such a run turns out
 * to be no row, its first line alone is given up and the search goes on with the second: a stray quote never takes the
 * good lines after it along. Blank lines are skipped.
 */
export class Rows {
  readonly #rules: RowRules;
  #lines: TextLine[] = [];
  #next = 0;
  #width: number | undefined;

  constructor(rules: RowRules) {
    this.#rules = rules;
  }

  /** From here on rows have this many cells: it tells a row over several lines from a stray quote. */
  expectCells(width: number): void {
    this.#width = width;
  }

  push(lines: readonly TextLine[]): void {
    this.#lines = this.#next < this.#lines.length ? [...this.#lines.slice(this.#next), ...lines] : [...lines];
    this.#next = 0;
  }

  /** The next row that is whole by now. @param atEnd whether no more lines will come */
  take(atEnd: boolean): Row | undefined {
    for (;;) {
      const first = this.#lines[this.#next];
      if (first === undefined) return undefined;
      const { number: line, text: raw, fault } = first;
      if (fault !== null) return this.#taken({ form: 'FAULT', line, raw, fault }, 1);
      if (raw.trim() === '') {
        this.#next++;
        continue;
      }
      return this.#rowFrom(line, raw, atEnd);
    }
  }

  #rowFrom(line: number, raw: string, atEnd: boolean): Row | undefined {
    const { delimiter, cellPrefix, commentPrefix } = this.#rules;
    if (raw.includes('\0')) return this.#taken({ form: 'FAULT', line, raw, fault: 'holds a NUL character' }, 1);
    if (commentPrefix && isComment(raw, commentPrefix)) return this.#taken({ form: 'COMMENT', line, raw }, 1);
    if (cellPrefix && raw.startsWith(cellPrefix)) {
      // Every cell has the prefix: a delimiter without one behind it belongs to the text of a cell.
      const cells = raw.slice(1).split(delimiter + cellPrefix);
      if (cells.length === this.#width) return this.#taken({ form: 'CELLS', line, raw, cells }, 1);
    }
    if (!raw.includes('"')) return this.#taken({ form: 'CELLS', line, raw, cells: raw.split(delimiter) }, 1);
    return this.#quotedFrom(line, raw, atEnd);
  }

  #quotedFrom(line: number, raw: string, atEnd: boolean): Row | undefined {
    let text = raw;
    let quotes = countQuotes(raw);
    let count = 1;
    while (quotes % 2 === 1) {
      const more = this.#lines[this.#next + count];
      if (!more && !atEnd) return undefined;
      if (!more || more.fault || count >= MAX_ROW_LINES || text.length + more.text.length > MAX_ROW_CHARS) break;
      text += `\n${more.text}`;
      quotes += countQuotes(more.text);
      count++;
    }
    const cells = quotes % 2 === 0 ? splitQuoted(text, this.#rules.delimiter) : null;
    const fits = cells !== null && (count === 1 || this.#width === undefined || cells.length === this.#width);
    if (!fits) return this.#taken({ form: 'FAULT', line, raw, fault: STRAY_QUOTE }, 1);
    return this.#taken({ form: 'CELLS', line, raw: text, cells }, count);
  }

  #taken(row: Row, lines: number): Row {
    this.#next += lines;
    return row;
  }
}

/** Some programs write comments as cells, hence in quotes. */
function isComment(raw: string, prefix: string): boolean {
  return raw.startsWith(prefix) || (/^[\s"]/.test(raw) && raw.replace(/^[\s"]+/, '').startsWith(prefix));
}

function countQuotes(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) count++;
  return count;
}

/** Null when a quote stands where RFC 4180 has none. */
export function splitQuoted(text: string, delimiter: string): string[] | null {
  const cells: string[] = [];
  for (let at = 0; at <= text.length; ) {
    if (text[at] !== '"') {
      const found = text.indexOf(delimiter, at);
      const end = found === -1 ? text.length : found;
      const cell = text.slice(at, end);
      if (cell.includes('"')) return null;
      cells.push(cell);
      at = end + 1;
      continue;
    }
    const end = closingQuote(text, at + 1);
    if (end === -1 || (end + 1 < text.length && text[end + 1] !== delimiter)) return null;
    cells.push(text.slice(at + 1, end).replaceAll('""', '"'));
    at = end + 2;
  }
  return cells;
}

/** Position of the quote that ends a cell; two in a row stand for one in its text. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}
