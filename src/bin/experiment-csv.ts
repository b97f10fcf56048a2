import { type CsvRecord, readCsv } from './csv-file.ts';
import { UsageError } from './program.ts';

/** A CSV file with a header, read as a stream. */
export interface CsvTable {
  readonly path: string;
  readonly header: readonly string[];
  /** Can be gone through once. @throws CsvFileError that names the line of a record that is none */
  rows(): AsyncGenerator<CsvRecord>;
}

/** Where a cell stands, for messages. */
export interface CellPlace {
  readonly path: string;
  readonly line: number;
  readonly column: string;
}

/** @throws UsageError when it is empty @throws ImportFileError when it cannot be read */
export async function openCsv(path: string): Promise<CsvTable> {
  const records = readCsv(path);
  const top = await records.next();
  if (top.done) throw new UsageError(`${path} is empty: its first line must name the columns.`);
  const header = top.value.cells.map((name) => name.trim());
  return { path, header, rows: () => records };
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
