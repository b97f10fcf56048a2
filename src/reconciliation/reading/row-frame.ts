import type { TextLine } from './text-lines.ts';

/** A row of cells, a comment, or a line that is neither, which has a `fault`. */
export type Row =
  | { readonly form: 'CELLS'; readonly line: number; readonly raw: string; readonly cells: readonly string[] }
  | { readonly form: 'COMMENT'; readonly line: number; readonly raw: string }
  | { readonly form: 'FAULT'; readonly line: number; readonly raw: string; readonly fault: string };

/** `count` lines, the first one at the place `at`, which are a row unless the parser refuses them. */
export interface Run {
  readonly form: 'RUN';
  readonly line: number;
  readonly raw: string;
  readonly at: number;
  readonly count: number;
}

export interface RowRules {
  readonly delimiter: string;
  readonly cellPrefix?: string | undefined;
  readonly commentPrefix?: string | undefined;
}

/** A quoted cell over more lines than this is a quote that somebody forgot. */
const MAX_ROW_LINES = 200;
const MAX_ROW_CHARS = 256 * 1024;
export const STRAY_QUOTE = 'has a quote where CSV has none, or one that is never closed';
const NUL = 'holds a NUL character';

/**
 * What a line is by itself. Null when it begins a run, of which the parser makes cells.
 *
 * @param width cells of a row, once that is known
 */
export function rowOfLine({ number: line, text: raw, fault }: TextLine, rules: RowRules, width?: number): Row | null {
  const { delimiter, cellPrefix, commentPrefix } = rules;
  if (fault !== null) return { form: 'FAULT', line, raw, fault };
  if (raw.includes('\0')) return { form: 'FAULT', line, raw, fault: NUL };
  if (commentPrefix && isComment(raw, commentPrefix)) return { form: 'COMMENT', line, raw };
  if (!cellPrefix || !raw.startsWith(cellPrefix)) return null;
  // No CSV: every cell has the prefix, and a delimiter without one behind it, or a quote, belongs to the text of a cell.
  const cells = raw.slice(cellPrefix.length).split(delimiter + cellPrefix);
  return cells.length === width ? { form: 'CELLS', line, raw, cells } : null;
}

/**
 * Lines from one on up to the first at whose end no quote is open. The first one is at fault when there is none within
 * the bounds. Undefined while a line to come may close the quote.
 */
export function runFrom(lines: readonly TextLine[], at: number, atEnd: boolean): Run | Row | undefined {
  const { number: line = 0, text = '' } = lines[at] ?? {};
  let raw = text;
  let quotes = countQuotes(text);
  let count = 1;
  while (quotes % 2 === 1) {
    const more = lines[at + count];
    if (!more && !atEnd) return undefined;
    const goesOn = more && isWhole(more) && count < MAX_ROW_LINES && raw.length + more.text.length <= MAX_ROW_CHARS;
    if (!goesOn) return { form: 'FAULT', line, raw: text, fault: STRAY_QUOTE };
    raw += `\n${more.text}`;
    quotes += countQuotes(more.text);
    count++;
  }
  return { form: 'RUN', line, raw, at, count };
}

export function isBlank({ text, fault }: TextLine): boolean {
  return fault === null && text.trim() === '';
}

function isWhole({ text, fault }: TextLine): boolean {
  return fault === null && !text.includes('\0');
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
