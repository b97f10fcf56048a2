import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import {
  type BudgetShares,
  type FrontierPoint,
  revenueFrontier,
  shareBudget,
  shareByLambda,
} from '../math/optimisation/index.ts';
import { type FittedOption, fitHistory, type SpendBounds } from './budget.history.ts';
import { print } from './output.ts';
import { UsageError } from './program.ts';

interface Options {
  readonly csv: string;
  readonly total: bigint;
  readonly floor: ReadonlyMap<string, bigint>;
  readonly ceiling: ReadonlyMap<string, bigint>;
  readonly leastReturn: number;
  readonly lambda?: number;
  readonly frontier?: number;
  readonly json: boolean;
}

/** `budget`: shares a budget by response curves that are fitted from history. Needs no database. */
export function budgetCommand(): Command {
  return new Command('budget')
    .description('Share a budget over channels or modules by what spending brought so far. Needs no database.')
    .requiredOption('--csv <file>', 'history: columns channel, spend, response, and revenue where --lambda is given')
    .requiredOption('--total <minor>', 'the budget in whole minor units', readMinor)
    .option('--floor <channel=minor>', 'spend at least so much there; can be given again', collect, new Map())
    .option('--ceiling <channel=minor>', 'spend at most so much there; can be given again', collect, new Map())
    .option('--least-return <number>', 'what one more minor unit must bring more than to be spent', readNumber, 0)
    .option('--lambda <weight>', 'weight of COMMERCE revenue, 0 to 1; COURSE revenue has the rest', readNumber)
    .option('--frontier <points>', 'the shares for so many weights from 0 to 1', readNumber)
    .option('--json', 'print one JSON object', false)
    .addHelpText('after', HELP)
    .action(async ({ csv, total, lambda, frontier, json, leastReturn, ...bounds }: Options) => {
      const options = fitHistory(await readFile(csv, 'utf8'), { source: csv, bounds: boundsOf(bounds) });
      const needsRevenue = lambda !== undefined || frontier !== undefined;
      const byRevenue = needsRevenue ? withRevenue(options, csv) : [];
      const points =
        frontier === undefined ? null : revenueFrontier(byRevenue, total, { points: frontier, leastReturn });
      const shares =
        lambda === undefined
          ? shareBudget(options, total, { leastReturn })
          : shareByLambda(byRevenue, total, { lambda, leastReturn }).shares;
      const curves = options.map(({ id, fitted }) => ({ id, ...fitted }));
      const answer = { totalMinor: total, ...shares, curves, ...(points ? { frontier: points } : {}) };
      print(json ? JSON.stringify(answer, amountsAsText) : toText(shares, { options, points }));
    });
}

const HELP = `
A line of the history is one period of one channel: what was spent, in whole minor units, and what came of it, in any unit.
For each channel the curve most * (1 - exp(-spend / pace)) is fitted; "flags" say where the data do not tell its numbers
apart. The budget then goes to where the next minor unit brings most. "shadowPrice" is what one more would bring.

  channel,spend,response
  EMAIL,100000,5200
  EMAIL,200000,7400
  SEARCH,150000,9100

  npm run --silent cli -- budget --csv history.csv --total 500000 --floor EMAIL=50000 --json`;

function boundsOf({ floor, ceiling }: Pick<Options, 'floor' | 'ceiling'>): SpendBounds {
  return { floors: floor, ceilings: ceiling };
}

function readMinor(text: string): bigint {
  if (/^\d{1,16}$/.test(text)) return BigInt(text);
  throw new UsageError(`An amount must be a whole number of minor units, not ${text}.`);
}

function readNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw new UsageError(`${text} is no number.`);
}

function collect(text: string, known: ReadonlyMap<string, bigint>): Map<string, bigint> {
  const at = text.lastIndexOf('=');
  if (at < 1) throw new UsageError(`A bound is given as channel=minor, not ${text}.`);
  return new Map([...known, [text.slice(0, at), readMinor(text.slice(at + 1))]]);
}

function withRevenue(options: readonly FittedOption[], source: string) {
  return options.map(({ revenue, ...option }) => {
    if (revenue === null)
      throw new UsageError(`${source} must say in a column revenue what ${option.id} brings: COMMERCE or COURSE.`);
    return { ...option, revenue };
  });
}

function amountsAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

function toText(
  { shares, spentMinor, unspentMinor, unspentReason, shadowPrice }: BudgetShares,
  { options, points }: { options: readonly FittedOption[]; points: readonly FrontierPoint[] | null },
): string {
  const lines = shares.map(({ id, spendMinor, response, marginalReturn, at }, place) => {
    const flags = options[place]?.fitted.flags.join(', ') ?? '';
    const figures = [String(spendMinor), response.toPrecision(6), marginalReturn.toPrecision(4)];
    return `  ${id.padEnd(20)}${figures.map((figure) => figure.padStart(14)).join('')}  ${at} ${flags}`.trimEnd();
  });
  return [
    `  ${''.padEnd(20)}${['spend', 'response', 'next unit'].map((name) => name.padStart(14)).join('')}`,
    ...lines,
    `Spent ${spentMinor}, left ${unspentMinor}. One more minor unit would bring ${shadowPrice.toPrecision(4)}. ${unspentReason ?? ''}`.trimEnd(),
    ...(points ?? []).map(
      ({ lambda, commerce, course }) =>
        `  lambda ${lambda.toFixed(3)}: commerce ${commerce.toPrecision(6)}, course ${course.toPrecision(6)}`,
    ),
  ].join('\n');
}
