import { cellsOfRows } from './row-cells.ts';
import { isBlank, type Row, type RowRules, type Run, rowOfLine, runFrom, STRAY_QUOTE } from './row-frame.ts';
import type { TextLine } from './text-lines.ts';

/** What goes to the parser at once. */
const MAX_GROUP_ROWS = 500;
const MAX_GROUP_CHARS = 64 * 1024;

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
  #ready: readonly Row[] = [];
  #taken = 0;
  /** Number of the last line of a group that was refused: up to there, rows go to the parser one at a time. */
  #refusedUpTo = 0;

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
    if (this.#taken === this.#ready.length) {
      this.#ready = this.#nextRows(atEnd);
      this.#taken = 0;
    }
    const row = this.#ready[this.#taken];
    if (row) this.#taken++;
    return row;
  }

  #nextRows(atEnd: boolean): readonly Row[] {
    const from = this.#next;
    const group = this.#frameGroup(atEnd);
    const rows = this.#rowsOf(group);
    if (rows) return rows;
    const [first] = group;
    if (group.length === 1 && first?.form === 'RUN') return [this.#giveUp(first)];
    this.#refusedUpTo = this.#lines[this.#next - 1]?.number ?? 0;
    this.#next = from;
    return this.#nextRows(atEnd);
  }

  #frameGroup(atEnd: boolean): (Row | Run)[] {
    const group: (Row | Run)[] = [];
    const most = this.#groupSize();
    for (let chars = 0; group.length < most && chars < MAX_GROUP_CHARS; ) {
      const framed = this.#frame(atEnd);
      if (!framed) break;
      group.push(framed);
      chars += framed.raw.length;
    }
    return group;
  }

  /** One while the header is sought, of which the rows behind it are no part, and where a group was refused. */
  #groupSize(): number {
    const isRefused = (this.#lines[this.#next]?.number ?? 0) <= this.#refusedUpTo;
    return this.#width === undefined || isRefused ? 1 : MAX_GROUP_ROWS;
  }

  #frame(atEnd: boolean): Row | Run | undefined {
    let first = this.#lines[this.#next];
    while (first && isBlank(first)) first = this.#lines[++this.#next];
    if (!first) return undefined;
    const framed = rowOfLine(first, this.#rules, this.#width) ?? runFrom(this.#lines, this.#next, atEnd);
    if (framed) this.#next += framed.form === 'RUN' ? framed.count : 1;
    return framed;
  }

  /** Null when any of the runs is no row. */
  #rowsOf(group: readonly (Row | Run)[]): Row[] | null {
    const runs = group.filter((framed) => framed.form === 'RUN');
    const texts = runs.map(({ raw }) => raw);
    const parsed = cellsOfRows(texts, this.#rules.delimiter);
    if (!parsed || !runs.every(({ count }, at) => this.#fits(count, parsed[at]))) return null;
    let next = 0;
    return group.map((framed) => {
      if (framed.form !== 'RUN') return framed;
      const { line, raw } = framed;
      return { form: 'CELLS', line, raw, cells: parsed[next++] ?? [] };
    });
  }

  #fits(lines: number, cells: readonly string[] | undefined): boolean {
    return lines === 1 || this.#width === undefined || cells?.length === this.#width;
  }

  #giveUp({ line, at }: Run): Row {
    this.#next = at + 1;
    return { form: 'FAULT', line, raw: this.#lines[at]?.text ?? '', fault: STRAY_QUOTE };
  }
}
