import { cellError, numberIn, openCsv } from './experiment-csv.ts';
import { type ChoiceLog, findColumn, type LogColumns, namedIn, usualColumn } from './ope-log.ts';
import { UsageError } from './program.ts';

/** A policy that is to be judged by a log. */
export interface JudgedPolicy {
  readonly name: string;
  /** By position of the log, then by arm of the log. */
  readonly table: Float64Array;
  /** Most probability, at any position, of arms that the log never chose. */
  readonly unsupported: number;
}

/** Every arm alike. @param armCount Arms there are, when the log does not show all of them. */
export function uniformPolicy(
  { armNames, positionNames }: ChoiceLog,
  armCount: number = armNames.length,
): JudgedPolicy {
  if (armCount < armNames.length) {
    throw new UsageError(`--arms says ${armCount}, but the log has ${armNames.length} different ones.`);
  }
  return {
    name: 'uniform',
    table: new Float64Array(armNames.length * positionNames.length).fill(1 / armCount),
    unsupported: 1 - armNames.length / armCount,
  };
}

/** How far the probabilities of a position may be from summing to one: files keep a few digits. */
const ROUNDING = 1e-4;

interface PolicyRow {
  readonly line: number;
  readonly arm: string;
  readonly position: string | null;
  readonly probability: number;
}

/**
 * Probabilities by arm, and by position where the file has such a column; arms that it does not name have none.
 *
 * @throws UsageError when the file cannot be read, a cell is not what it should be, an arm comes twice, a position of the log is
 *   not there, or probabilities do not sum to one.
 */
export async function policyFromFile(path: string, log: ChoiceLog, names: LogColumns): Promise<JudgedPolicy> {
  const rows = await readRows(path, names);
  const armAt = new Map(log.armNames.map((name, at) => [name, at]));
  const policy = new Float64Array(log.armNames.length * log.positionNames.length);
  let unsupported = 0;
  for (const [at, position] of log.positionNames.entries()) {
    const own = rows.filter((row) => row.position === null || row.position === position);
    const sum = own.reduce((total, { probability }) => total + probability, 0);
    if (Math.abs(sum - 1) > ROUNDING) {
      const where = own[0]?.position == null ? '' : ` at position "${position}"`;
      throw new UsageError(`${path}: the probabilities${where} sum to ${Number(sum.toPrecision(8))}, not to 1.`);
    }
    let strange = 0;
    for (const { arm, probability } of own) {
      const place = armAt.get(arm);
      if (place === undefined) strange += probability / sum;
      else policy[at * log.armNames.length + place] = probability / sum;
    }
    unsupported = Math.max(unsupported, strange);
  }
  return { name: path, table: policy, unsupported };
}

async function readRows(path: string, names: LogColumns): Promise<PolicyRow[]> {
  const table = await openCsv(path);
  // The log's own names hold here too, where the file has them.
  const known = (name: string | false | undefined) => (name && table.header.includes(name) ? name : undefined);
  const action = usualColumn(table, 'action', known(names.action));
  const chance = usualColumn(table, 'propensity', known(names.propensity));
  const position = names.position === false ? null : findColumn(table, 'position', known(names.position));
  const rows: PolicyRow[] = [];
  const seen = new Set<string>();
  for await (const { line, cells } of table.rows()) {
    const placeOf = (at: number) => ({ path, line, column: table.header[at] ?? '' });
    const arm = namedIn(cells[action], placeOf(action));
    const where = position === null ? null : namedIn(cells[position], placeOf(position));
    const probability = numberIn(cells[chance] ?? '', placeOf(chance));
    if (!(probability >= 0 && probability <= 1)) {
      throw cellError(placeOf(chance), `a probability must be from 0 to 1, not ${probability}`);
    }
    const key = JSON.stringify([where, arm]);
    if (seen.has(key)) throw cellError(placeOf(action), `the arm "${arm}" comes twice`);
    seen.add(key);
    rows.push({ line, arm, position: where, probability });
  }
  return rows;
}
