import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CsvError, type Parser, parse } from 'csv-parse';
import { UsageError } from './program.ts';

/** A record of a table, and the line that it begins on. */
export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A CSV file with a header, read as a stream. */
export interface CsvTable {
  readonly path: string;
  readonly header: readonly string[];
  /** Can be gone through once. @throws UsageError that names the line of a record that is none */
  rows(): AsyncGenerator<CsvRow>;
}

/** Where a cell stands, for messages. */
export interface CellPlace {
  readonly path: string;
  readonly line: number;
  readonly column: string;
}

const GZIP = [0x1f, 0x8b];
const DELIMITERS = [',', '\t', ';', '|'] as const;

/**
 * Opens a file of commas, tabs, semicolons or bars, whichever its first line has most of; UTF-8, plain or gzip, told by the
 * first bytes.
 *
 * @throws UsageError when it cannot be read or is empty.
 */
export async function openCsv(path: string): Promise<CsvTable> {
  const text = decode(await openBytes(path), path);
  const first = await text.next();
  const head = first.done ? '' : first.value;
  const records = parse({
    bom: true,
    info: true,
    delimiter: delimiterOf(head),
    record_delimiter: ['\r\n', '\n', '\r'],
    skip_empty_lines: true,
  });
  pipeline(Readable.from(withHead(head, text)), records, () => undefined);
  const items = namingLines(records, path);
  const top = await items.next();
  if (top.done) throw new UsageError(`${path} is empty: its first line must name the columns.`);
  const header = top.value.cells.map((name) => name.trim());
  return { path, header, rows: () => items };
}

async function openBytes(path: string): Promise<AsyncIterable<Buffer>> {
  try {
    const handle = await open(path);
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0).finally(() => handle.close());
    const stream = createReadStream(path, { highWaterMark: 256 * 1024 });
    const isPacked = bytesRead === 2 && GZIP.every((byte, at) => buffer[at] === byte);
    return isPacked ? pipeline(stream, createGunzip(), () => undefined) : stream;
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function* decode(bytes: AsyncIterable<Buffer>, path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  try {
    for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): UsageError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new UsageError(`${path} does not exist.`);
  if (code === 'EISDIR') return new UsageError(`${path} is a folder, no file.`);
  return new UsageError(`${path} cannot be read to its end (${message}).`);
}

async function* withHead(head: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  if (head !== '') yield head;
  yield* rest;
}

function delimiterOf(head: string): string {
  const [line = ''] = head.replaceAll(/"[^"]*"/g, '').split('\n', 1);
  const countOf = (delimiter: string) => line.split(delimiter).length;
  return DELIMITERS.reduce((best, one) => (countOf(one) > countOf(best) ? one : best));
}

async function* namingLines(records: Parser, path: string): AsyncGenerator<CsvRow> {
  let before = 0;
  try {
    for await (const { record, info } of records as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      // The parser counts to the end of a record: one with line breaks in its cells began earlier.
      const isShort = info.lines === before + 1;
      yield { line: isShort ? info.lines : info.lines - breaksIn(record), cells: record };
      before = info.lines;
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new UsageError(`${path}, line ${error.lines}: ${error.message.replace(/ (on|at) line \d+.*$/s, '')}.`);
  }
}

function breaksIn(cells: readonly string[]): number {
  return cells.reduce((count, cell) => count + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
}

/**
 * Where a column stands.
 *
 * @throws UsageError that lists the columns when there is none of this name, or more than one.
 */
export function columnAt({ path, header }: CsvTable, name: string): number {
  const at = header.indexOf(name);
  if (at === -1) throw new UsageError(`${path} has no column "${name}". Its columns are: ${listed(header)}.`);
  if (header.indexOf(name, at + 1) !== -1) throw new UsageError(`${path} has the column "${name}" twice.`);
  return at;
}

const SHOWN = 30;

/** The first thirty of some names. */
export function listed(names: readonly string[]): string {
  const more = names.length > SHOWN ? `, and ${names.length - SHOWN} more` : '';
  return `${names.slice(0, SHOWN).join(', ')}${more}`;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const TRUTH: Readonly<Record<string, number>> = { true: 1, false: 0, yes: 1, no: 0 };

/** A number, or true, false, yes or no as 1 or 0. @throws UsageError that names the place when it is neither */
export function numberIn(cell: string, place: CellPlace): number {
  const text = cell.trim();
  const value = NUMBER.test(text) ? Number(text) : TRUTH[text.toLowerCase()];
  if (value !== undefined && Number.isFinite(value)) return value;
  throw cellError(place, text === '' ? 'the cell is empty' : `${JSON.stringify(text.slice(0, 40))} is no number`);
}

export function cellError({ path, line, column }: CellPlace, reason: string): UsageError {
  return new UsageError(`${path}, line ${line}, column "${column}": ${reason}.`);
}
