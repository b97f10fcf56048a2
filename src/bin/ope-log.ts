import { type CsvTable, cellError, columnAt, listed, numberIn, openCsv } from './experiment-csv.ts';
import { UsageError } from './program.ts';

/** Names of columns, where the caller said them. */
export interface LogColumns {
  readonly reward?: string | undefined;
  readonly propensity?: string | undefined;
  readonly action?: string | undefined;
  /** False: choices are not told apart by position. */
  readonly position?: string | false | undefined;
}

/** A log by columns: 24 bytes and a little for each row. */
export interface ChoiceLog {
  readonly path: string;
  readonly rewards: readonly number[];
  readonly propensities: readonly number[];
  /** By row, places in `armNames`. */
  readonly arms: readonly number[];
  readonly armNames: readonly string[];
  /** By row, places in `positionNames`; null when choices are not told apart by position. */
  readonly positions: readonly number[] | null;
  readonly positionNames: readonly string[];
}

/** What columns are called in the logs that are about. */
const USUAL_NAMES = {
  reward: ['reward', 'click', 'clicked', 'conversion', 'converted', 'outcome', 'y', 'r'],
  propensity: ['propensity', 'propensity_score', 'pscore', 'action_prob', 'probability', 'prob', 'p'],
  action: ['action', 'arm', 'item_id', 'item', 'variant', 'choice', 'a'],
  position: ['position', 'pos', 'slot'],
} as const;

/** @throws UsageError when the file cannot be read, a column cannot be found, or a cell is not what it should be. */
export async function readChoiceLog(path: string, names: LogColumns): Promise<ChoiceLog> {
  const table = await openCsv(path);
  const reward = usualColumn(table, 'reward', names.reward);
  const propensity = usualColumn(table, 'propensity', names.propensity);
  const action = usualColumn(table, 'action', names.action);
  const position = names.position === false ? null : findColumn(table, 'position', names.position);
  const log = {
    rewards: [] as number[],
    propensities: [] as number[],
    arms: [] as number[],
    positions: [] as number[],
  };
  const [armNames, positionNames] = [new Map<string, number>(), new Map<string, number>()];
  for await (const { line, cells } of table.rows()) {
    const placeOf = (at: number) => ({ path, line, column: table.header[at] ?? '' });
    log.rewards.push(numberIn(cells[reward] ?? '', placeOf(reward)));
    const chance = numberIn(cells[propensity] ?? '', placeOf(propensity));
    if (!(chance > 0 && chance <= 1)) {
      throw cellError(placeOf(propensity), `a propensity must be above 0 and at most 1, not ${chance}`);
    }
    log.propensities.push(chance);
    log.arms.push(placeIn(armNames, namedIn(cells[action], placeOf(action))));
    if (position !== null) log.positions.push(placeIn(positionNames, namedIn(cells[position], placeOf(position))));
  }
  if (log.rewards.length < 2) throw new UsageError(`${path} has ${log.rewards.length} rows; at least two are needed.`);
  return {
    path,
    ...log,
    armNames: [...armNames.keys()],
    positions: position === null ? null : log.positions,
    positionNames: position === null ? [''] : [...positionNames.keys()],
  };
}

/** Columns of a log or a policy. @throws UsageError when there is none of the name said, or of the usual ones */
export function usualColumn(table: CsvTable, kind: keyof typeof USUAL_NAMES, name: string | undefined): number {
  const at = findColumn(table, kind, name);
  if (at !== null) return at;
  const usual = USUAL_NAMES[kind].join(', ');
  throw new UsageError(
    `${table.path} has no column for the ${kind} (${usual}): name it with --${kind}. Its columns are: ${listed(table.header)}.`,
  );
}

/** Null when no name was said and there is none of the usual ones. */
export function findColumn(table: CsvTable, kind: keyof typeof USUAL_NAMES, name: string | undefined): number | null {
  if (name !== undefined) return columnAt(table, name);
  const lower = table.header.map((title) => title.toLowerCase());
  const found = USUAL_NAMES[kind].find((usual) => lower.includes(usual));
  return found === undefined ? null : columnAt(table, table.header[lower.indexOf(found)] ?? found);
}

function placeIn(names: Map<string, number>, name: string): number {
  const known = names.get(name) ?? names.size;
  names.set(name, known);
  return known;
}

/** @throws UsageError that names the place when the cell is empty */
export function namedIn(cell: string | undefined, place: { path: string; line: number; column: string }): string {
  const name = cell?.trim() ?? '';
  if (name === '') throw cellError(place, 'the cell is empty');
  return name;
}
