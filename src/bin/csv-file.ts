import { pipeline, Readable } from 'node:stream';
import { CsvError, type Parser, parse } from 'csv-parse';
import { openTextFile } from '../imports/index.ts';

/** A record of a file of separated values. */
export interface CsvRecord {
  /** The line that it begins on, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A file that cannot be used, or a line that is not what it must be. */
export class CsvFileError extends Error {
  override readonly name = 'CsvFileError';

  constructor(path: string, place: { line?: number; reason: string }) {
    super(`${path}${place.line === undefined ? ' ' : `, line ${place.line}: `}${place.reason}`);
  }
}

export interface CsvOptions {
  /** Lines may have more or fewer cells than the first. */
  readonly isRagged?: boolean;
}

const DELIMITERS = [',', '\t', ';', '|'] as const;

/**
 * The records of a file one by one, header and all, without blank lines, as a stream. Plain or gzip, told by the first
 * bytes; UTF-8; cells between commas, tabs, semicolons or bars, whichever the first
 * line has most of, without the blanks around them.
 *
 * @throws ImportFileError when it cannot be read
 * @throws CsvFileError that names the line of a record that is none
 */
export async function* readCsv(path: string, { isRagged = false }: CsvOptions = {}): AsyncGenerator<CsvRecord> {
  const file = await openTextFile(path, { isStrict: true });
  const text = file.chunks()[Symbol.asyncIterator]();
  const first = await text.next();
  const head = first.done ? '' : first.value;
  const records = parse({
    info: true,
    delimiter: delimiterOf(head),
    record_delimiter: ['\r\n', '\n', '\r'],
    skip_empty_lines: true,
    trim: true,
    relax_column_count: isRagged,
  });
  pipeline(Readable.from(chained(head, text)), records, () => undefined);
  yield* numbered(records, path);
}

async function* chained(head: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  if (head !== '') yield head;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

function delimiterOf(head: string): string {
  const [line = ''] = head.replaceAll(/"[^"]*"/g, '').split('\n', 1);
  const countOf = (delimiter: string) => line.split(delimiter).length;
  return DELIMITERS.reduce((best, one) => (countOf(one) > countOf(best) ? one : best));
}

async function* numbered(records: Parser, path: string): AsyncGenerator<CsvRecord> {
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
    const reason = `${error.message.replace(/ (on|at) line \d+.*$/s, '')}.`;
    throw new CsvFileError(path, { line: Number(error.lines), reason });
  }
}

function breaksIn(cells: readonly string[]): number {
  return cells.reduce((count, cell) => count + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
}
