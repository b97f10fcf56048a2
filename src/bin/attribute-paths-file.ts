import { type Paths, PathTable } from '../math/attribution/index.ts';
import { findColumns, shown } from './attribute-columns.ts';
import { CsvFileError, readCsv } from './csv-file.ts';

const COLUMNS = {
  path: ['path', 'paths', 'channelpath', 'journey', 'channels'],
  conversions: ['totalconversions', 'totalconversion', 'conversions', 'conversion', 'conv', 'converted'],
  value: ['totalconversionvalue', 'totalconversionsvalue', 'conversionvalue', 'totalvalue', 'value', 'revenue'],
  nulls: ['totalnull', 'totalnulls', 'nulls', 'null', 'totalnonconversions', 'nonconversions', 'notconverted'],
};
type Column = keyof typeof COLUMNS;

/**
 * Reads aggregated paths: a line for each path, its channels between ">", and how often it ended in what.
 *
 * @throws CsvFileError that names the file, the line and what is wrong with it.
 */
export async function readPathsFile(path: string): Promise<Paths> {
  const table = new PathTable();
  let places: Readonly<Record<Column, number>> | undefined;
  for await (const { line, cells } of readCsv(path, { isRagged: true })) {
    if (!places) {
      places = placesOf(path, cells);
      continue;
    }
    const { path: at, conversions, value, nulls } = places;
    const cell = (place: number) => cells[place] ?? '';
    const count = (name: Column, place: number) => readCount(cell(place), { path, line, name });
    table.add(
      channelsOf(cell(at), { path, line }).map((channel) => table.channel(channel)),
      {
        conversions: count('conversions', conversions),
        value: value < 0 ? 0 : readAmount(cell(value), { path, line, name: 'value' }),
        nulls: nulls < 0 ? 0 : count('nulls', nulls),
      },
    );
  }
  if (!places) throw new CsvFileError(path, { reason: 'is empty: its first line must name the columns.' });
  return table.paths();
}

function placesOf(path: string, header: readonly string[]): Readonly<Record<Column, number>> {
  const places = findColumns(header, COLUMNS);
  for (const name of ['path', 'conversions'] as const) {
    if (places[name] >= 0) continue;
    const reason = `there is no column of ${name === 'path' ? 'paths' : name} among ${header.map(shown).join(', ')}.`;
    throw new CsvFileError(path, { line: 1, reason: `${reason} It may be named ${COLUMNS[name].join(', ')}.` });
  }
  return places;
}

/** None for a conversion that nothing led to. */
function channelsOf(text: string, place: { path: string; line: number }): string[] {
  if (text === '') return [];
  const channels = text.split('>').map((channel) => channel.trim());
  if (!channels.includes('')) return channels;
  throw new CsvFileError(place.path, {
    line: place.line,
    reason: `the path ${shown(text)} has a step without a name.`,
  });
}

function readCount(text: string, place: { path: string; line: number; name: string }): number {
  const count = readAmount(text, place);
  if (count >= 0) return count;
  throw new CsvFileError(place.path, { line: place.line, reason: `${place.name} cannot be negative: ${shown(text)}.` });
}

/** @throws CsvFileError unless it is a finite decimal number. */
export function readAmount(text: string, { path, line, name }: { path: string; line: number; name: string }): number {
  if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) && Number.isFinite(Number(text))) return Number(text);
  throw new CsvFileError(path, { line, reason: `${name} must be a number, not ${shown(text)}.` });
}
