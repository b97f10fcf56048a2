import { JourneyLog } from '../math/attribution/index.ts';
import { findColumns, shown } from './attribute-columns.ts';
import { readAmount } from './attribute-paths-file.ts';
import { CsvFileError, readCsv } from './csv-file.ts';

const COLUMNS = {
  user: ['user', 'userid', 'person', 'visitor', 'visitorid', 'customer', 'customerid', 'cookie'],
  time: ['time', 'timestamp', 'occurredat', 'date', 'datetime', 'at'],
  channel: ['channel', 'channelname', 'source'],
  type: ['type', 'kind', 'event', 'eventtype', 'interaction'],
  value: ['value', 'conversionvalue', 'revenue', 'amount'],
};
type Column = keyof typeof COLUMNS;

const INSTANT = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s?(Z|[+-]\d{2}:?\d{2})?)?$/i;
const EPOCH = /^\d{1,13}(\.\d{1,9})?$/;
/** Whole numbers from here on are milliseconds, smaller ones seconds: the year 1973, or 5138. */
const FIRST_MILLISECONDS = 100_000_000_000;

/** What a file of single events came to. */
interface JourneysFile {
  readonly log: JourneyLog;
  readonly conversions: number;
}

/**
 * Reads events: a line for each touch or conversion of a person.
 *
 * @param conversionType The type that conversions have, whatever the case of its letters; all others are touches.
 * @throws CsvFileError that names the file, the line and what is wrong with it.
 */
export async function readJourneysFile(path: string, conversionType: string): Promise<JourneysFile> {
  const log = new JourneyLog();
  const wanted = conversionType.toLowerCase();
  let conversions = 0;
  let places: Readonly<Record<Column, number>> | undefined;
  for await (const { line, cells } of readCsv(path, { isRagged: true })) {
    if (!places) {
      places = placesOf(path, cells);
      continue;
    }
    const named = (name: Column) => cells[(places as Readonly<Record<Column, number>>)[name]] ?? '';
    const filled = (name: Column) => {
      const text = named(name);
      if (text !== '') return text;
      throw new CsvFileError(path, { line, reason: `there is no ${name}.` });
    };
    const user = filled('user');
    const timeMs = readTime(filled('time'), { path, line });
    if (filled('type').toLowerCase() !== wanted) {
      const channel = named('channel');
      if (channel === '') {
        const reason = `there is no channel. Only conversions need none, and their type is ${shown(conversionType)}.`;
        throw new CsvFileError(path, { line, reason });
      }
      log.addTouch(user, timeMs, channel);
      continue;
    }
    const value = named('value');
    log.addConversion(user, timeMs, value === '' ? 0 : readAmount(value, { path, line, name: 'value' }));
    conversions++;
  }
  if (!places) throw new CsvFileError(path, { reason: 'is empty: its first line must name the columns.' });
  return { log, conversions };
}

function placesOf(path: string, header: readonly string[]): Readonly<Record<Column, number>> {
  const places = findColumns(header, COLUMNS);
  for (const name of ['user', 'time', 'channel', 'type'] as const) {
    if (places[name] >= 0) continue;
    const reason = `there is no column of the ${name} among ${header.map(shown).join(', ')}.`;
    throw new CsvFileError(path, { line: 1, reason: `${reason} It may be named ${COLUMNS[name].join(', ')}.` });
  }
  return places;
}

/** In milliseconds. Without a zone, UTC. */
function readTime(text: string, { path, line }: { path: string; line: number }): number {
  if (EPOCH.test(text)) return Number(text) * (Number(text) < FIRST_MILLISECONDS ? 1_000 : 1);
  const [, year, month, day, clock = '00:00', zone = 'Z'] = INSTANT.exec(text) ?? [];
  const isDay = Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const timeMs = isDay ? Date.parse(`${year}-${month}-${day}T${clock}${zone.toUpperCase()}`) : Number.NaN;
  if (!Number.isNaN(timeMs)) return timeMs;
  const reason = `time must be such as 2026-10-01T08:30:00Z, or seconds since 1970, not ${shown(text)}.`;
  throw new CsvFileError(path, { line, reason });
}
