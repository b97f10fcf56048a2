import { CsvError, parse } from 'csv-parse/sync';
import {
  type FittedCurve,
  fitResponseCurve,
  type RevenueOption,
  type SpendOption,
} from '../math/optimisation/index.ts';
import { UsageError } from './program.ts';

export interface SpendBounds {
  readonly floors: ReadonlyMap<string, bigint>;
  readonly ceilings: ReadonlyMap<string, bigint>;
}

/** A channel of the history with the curve that was fitted to it. */
export interface FittedOption extends SpendOption {
  readonly fitted: FittedCurve;
  readonly revenue: RevenueOption['revenue'] | null;
}

interface Channel {
  readonly spends: number[];
  readonly responses: number[];
  readonly revenue: RevenueOption['revenue'] | null;
}

/**
 * Reads a history of spending, and fits a curve for each channel, in the order of their first lines.
 *
 * @throws UsageError that names the line, or the channel, that is not in order.
 */
export function fitHistory(text: string, { source, bounds }: { source: string; bounds: SpendBounds }): FittedOption[] {
  const channels = readChannels(text, source);
  if (channels.size === 0) throw new UsageError(`${source} has no line of data.`);
  for (const id of [...bounds.floors.keys(), ...bounds.ceilings.keys()]) {
    if (!channels.has(id)) throw new UsageError(`${source} has no channel "${id}", which a bound is given for.`);
  }
  return [...channels].map(([id, { spends, responses, revenue }]) => {
    if (spends.every((spend) => spend === 0)) throw new UsageError(`${source}: nothing was ever spent on "${id}".`);
    const fitted = fitResponseCurve(spends, responses);
    const floorMinor = bounds.floors.get(id) ?? 0n;
    return { id, curve: fitted, fitted, floorMinor, ceilingMinor: bounds.ceilings.get(id) ?? null, revenue };
  });
}

function readChannels(text: string, source: string): Map<string, Channel> {
  const channels = new Map<string, Channel>();
  for (const { record, info } of records(text, source)) {
    const where = `${source}, line ${info.lines}`;
    const { channel: id = '', spend = '', response = '', revenue } = record;
    if (id === '') throw new UsageError(`${where}: names no channel.`);
    if (!/^\d{1,15}$/.test(spend)) throw new UsageError(`${where}: spend must be whole minor units, not "${spend}".`);
    const brought = Number(response);
    if (response === '' || !Number.isFinite(brought))
      throw new UsageError(`${where}: response "${response}" is no number.`);
    const kind = revenueOf(revenue, where);
    const known = channels.get(id) ?? { spends: [], responses: [], revenue: kind };
    if (known.revenue !== kind) throw new UsageError(`${where}: revenue of "${id}" was ${known.revenue} before.`);
    known.spends.push(Number(spend));
    known.responses.push(brought);
    channels.set(id, known);
  }
  return channels;
}

interface ParsedLine {
  readonly record: Readonly<Record<string, string | undefined>>;
  readonly info: { readonly lines: number };
}

function records(text: string, source: string): ParsedLine[] {
  try {
    const lines: ParsedLine[] = parse(text, {
      columns: true,
      bom: true,
      trim: true,
      info: true,
      skip_empty_lines: true,
    });
    const missing = ['channel', 'spend', 'response'].filter((name) => lines[0] && !(name in lines[0].record));
    if (missing.length > 0) throw new UsageError(`${source} lacks the columns ${missing.join(', ')}.`);
    return lines;
  } catch (error) {
    throw error instanceof CsvError ? new UsageError(`${source} is no CSV: ${error.message}`) : error;
  }
}

function revenueOf(text: string | undefined, where: string): RevenueOption['revenue'] | null {
  if (text === undefined || text === '') return null;
  if (text === 'COMMERCE' || text === 'COURSE') return text;
  throw new UsageError(`${where}: revenue must be COMMERCE or COURSE, not "${text}".`);
}
