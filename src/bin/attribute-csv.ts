import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CsvError, parse } from 'csv-parse';

/** A record of a file of comma-separated values, the cells without blanks around them. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

const CHUNK_BYTES = 256 * 1024;
const GZIP = [0x1f, 0x8b];
const DELIMITERS = [',', ';', '\t'];

/** A file that cannot be read, or a line that is not what it must be. */
export class CsvFileError extends Error {
  override readonly name = 'CsvFileError';

  constructor(path: string, place: { line?: number; reason: string }) {
    super(`${path}${place.line === undefined ? ' ' : `, line ${place.line}: `}${place.reason}`);
  }
}

/**
 * The records of a file one by one, header and all, without blank lines. Plain or gzip, told apart by the first bytes;
 * UTF-8; cells between commas, semicolons or tabs, whichever the first line has most of.
 *
 * @throws CsvFileError when the file is missing, no UTF-8, or no CSV.
 */
export async function* readCsv(path: string): AsyncGenerator<CsvRecord> {
  const text = readText(path);
  const first = await text.next();
  if (first.done) return;
  const parser = parse({ delimiter: delimiterOf(first.value), info: true, ...TOLERANT });
  pipeline(Readable.from(chained(first.value, text)), parser, () => undefined);
  try {
    for await (const { record, info } of parser) yield { line: info.lines, cells: record };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new CsvFileError(path, { line: Number(error.lines), reason: `this is no CSV (${error.message}).` });
  }
}

const TOLERANT = { relax_column_count: true, skip_empty_lines: true, trim: true };

/**
 * Where the columns stand.
 *
 * @param known For each column the names it may have, in small letters and nothing but letters and digits.
 * @returns -1 for a column that is not there.
 */
export function findColumns<Name extends string>(
  header: readonly string[],
  known: Readonly<Record<Name, readonly string[]>>,
): Readonly<Record<Name, number>> {
  const names = header.map((name) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''));
  const placeOf = (accepted: readonly string[]) => names.findIndex((name) => accepted.includes(name));
  const places = Object.entries<readonly string[]>(known).map(([name, accepted]) => [name, placeOf(accepted)]);
  return Object.fromEntries(places) as Readonly<Record<Name, number>>;
}

/** A cell as a message shows it. */
export function shown(cell: string): string {
  return JSON.stringify(cell.length > 60 ? `${cell.slice(0, 60)}…` : cell);
}

async function* readText(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    const packed = await isPacked(path);
    const stream = createReadStream(path, { highWaterMark: CHUNK_BYTES });
    const bytes = packed ? pipeline(stream, createGunzip(), () => undefined) : stream;
    for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
    const rest = decoder.decode();
    if (rest !== '') yield rest;
  } catch (error) {
    throw new CsvFileError(path, { reason: `cannot be read (${whyUnreadable(error)}).` });
  }
}

async function isPacked(path: string): Promise<boolean> {
  await using handle = await open(path);
  const { buffer } = await handle.read(Buffer.alloc(GZIP.length), 0, GZIP.length, 0);
  return GZIP.every((byte, at) => buffer[at] === byte);
}

function whyUnreadable(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'it does not exist';
  if (code === 'EISDIR') return 'it is a folder';
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'it is not UTF-8';
  return message;
}

async function* chained(first: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* rest;
}

function delimiterOf(text: string): string {
  const [line = ''] = text.split('\n', 1);
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}
