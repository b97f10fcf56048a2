import { Command, InvalidArgumentError, Option } from 'commander';
import {
  type Correction,
  DEFAULT_EXPERIMENT_OPTIONS,
  type ExperimentReading,
  type LiftPrior,
  type MetricSample,
  readExperiment,
} from '../math/experiments/index.ts';
import { parseShare } from './evaluate-options.ts';
import { listed } from './experiment-csv.ts';
import { experimentJson, experimentText, type NamedReading } from './experiment-report.ts';
import { EMPTY_RULES, type ExperimentTable, readExperimentTable } from './experiment-table.ts';
import { print } from './output.ts';
import { UsageError } from './program.ts';

interface Options {
  readonly csv: string;
  readonly variant: string;
  readonly metric: readonly string[];
  readonly guardrail: readonly string[];
  readonly lessIsBetter: readonly string[];
  readonly baseline: string;
  readonly weights?: ReadonlyMap<string, number>;
  readonly unit?: string;
  readonly empty: (typeof EMPTY_RULES)[number];
  readonly alpha: number;
  readonly power: number;
  readonly correction: keyof typeof CORRECTIONS;
  readonly prior?: LiftPrior;
  readonly horizon?: number;
  readonly leastLift?: number;
  readonly json: boolean;
}

const CORRECTIONS = {
  holm: 'HOLM',
  'benjamini-hochberg': 'BENJAMINI_HOCHBERG',
  none: 'NONE',
} as const satisfies Record<string, Correction>;

const { alpha, power } = DEFAULT_EXPERIMENT_OPTIONS;

/** `experiment`: reads an A/B/n experiment from a file. Needs no database. Failures are thrown to the program's handler. */
export function experimentCommand(): Command {
  return new Command('experiment')
    .description('Read an A/B/n experiment from a CSV file: fixed, sequential and Bayesian. Needs no database.')
    .requiredOption('--csv <file>', 'a row for each unit, or with --unit several; with a header; plain or gzip')
    .requiredOption('--variant <column>', 'which arm a unit was in')
    .requiredOption('--metric <column...>', 'what is to get better; several are corrected as one family')
    .requiredOption('--baseline <arm>', 'the arm that all others are held against')
    .option('--guardrail <column...>', 'what must not get worse: harm ends an arm', [])
    .option('--less-is-better <column...>', 'metrics and guardrails of which less is better', [])
    .option(
      '--weights <list>',
      'how units were to be split: A=1,B=2 or {"A": 1, "B": 2} (default: alike)',
      parseWeights,
    )
    .option('--unit <column>', 'who a row is about: rows are summed by unit, and units of several arms are left out')
    .addOption(new Option('--empty <rule>', 'what an empty cell means').choices(EMPTY_RULES).default('refuse'))
    .option('--alpha <number>', 'error of tests and intervals, two-sided', parseShare, alpha)
    .option('--power <number>', 'chance at which an effect counts as detectable', parseShare, power)
    .addOption(new Option('--correction <name>').choices(Object.keys(CORRECTIONS)).default('holm'))
    .option(
      '--prior <mean,deviation>',
      'what is believed of the lift beforehand, such as 0,0.3 (default: flat)',
      parsePrior,
    )
    .option('--horizon <units>', 'units in all at which the fixed reading decides, set before the start', parseUnits)
    .option('--least-lift <number>', 'the least lift worth having, such as 0.02: below it an arm is futile', parseLift)
    .option('--json', 'print one JSON object', false)
    .addHelpText('after', HELP)
    .action(readAndPrint);
}

async function readAndPrint(options: Options): Promise<void> {
  const metrics = metricsOf(options);
  const table = await readExperimentTable({
    ...options,
    metrics: metrics.map(({ name }) => name),
    promised: [...(options.weights?.keys() ?? [])],
  });
  const order = armOrder(table, options);
  const { counts, moments, isBinary } = table;
  const named = metrics.map((metric, at): MetricSample => {
    const own = order.map((arm) => moments[at]?.[arm] ?? { count: 0, mean: 0, m2: 0 });
    return { ...metric, kind: isBinary[at] ? 'PROPORTION' : 'MEAN', moments: own };
  });
  const arms = order.map((arm) => table.arms[arm] ?? '');
  const units = order.map((arm) => counts[arm] ?? 0);
  const weights = options.weights && weightsOf(arms, options.weights);
  const reading: ExperimentReading = readExperiment(
    { units, weights, baseline: 0, metrics: named },
    {
      alpha: options.alpha,
      power: options.power,
      prior: options.prior,
      correction: CORRECTIONS[options.correction],
      horizonUnits: options.horizon ?? null,
      leastLift: options.leastLift ?? null,
    },
  );
  const told: NamedReading = { reading, arms, units, table, alpha: options.alpha, correction: options.correction };
  print(options.json ? JSON.stringify(experimentJson(told)) : experimentText(told));
}

const HELP = `
Readings of each arm against the baseline, with lift = (mean - mean of the baseline) / |mean of the baseline|:
  pFixed        Welch's t test of the lift (delta method); holds once, at a horizon set before the start
  pSequential   asymptotic confidence sequence (N* = 5000); holds whenever, and however often, somebody looks
  chanceToWin   chance that the arm is better, by a flat prior or --prior; risk: what choosing it costs on average
  sampleRatioP  whether units fell on the arms by --weights (chi-square of all arms); below .01 shown, below .001 alarm
A metric of nothing but 0 and 1 is a proportion. Where the baseline's mean is 0 there is no lift: readings are then of
the difference ("scale"). Corrected p values are those of all arms and metrics together; guardrails stand apart.

--json prints {"metric", "kind", "baseline", "sampleRatioP", "arms": [{"arm", "n", "mean", "lift", "liftInterval",
"difference", "differenceInterval", "scale", "pFixed", "pFixedCorrected", "pSequential", "pSequentialCorrected",
"sequentialInterval", "chanceToWin", "bayesianInterval", "risk", "sampleRatioP", "detectableLift",
"detectableDifference", "decision", "notes"}], "warnings"}; with several metrics {"baseline", "sampleRatioP", "correction",
"metrics": [as above], "warnings"}. What cannot be known is null, and "notes" says why. The baseline is the first arm.

"decision" follows the stop rules: BROKEN split, WAIT, STOP_HARM (a guardrail), ADOPT, REJECT, STOP_FUTILE, STOP_OPEN.

Examples:
  experiment --csv mails.csv.gz --variant segment --metric conversion --baseline "No E-Mail" --json
  experiment --csv visits.csv --variant arm --unit user --metric bought spend --guardrail refunds --less-is-better refunds \\
    --baseline control --weights control=1,new=1 --horizon 40000 --least-lift 0.02`;

function metricsOf({ metric, guardrail, lessIsBetter }: Options): Omit<MetricSample, 'kind' | 'moments'>[] {
  const names = [...metric, ...guardrail];
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new UsageError(`"${twice}" is given twice.`);
  const stray = lessIsBetter.find((name) => !names.includes(name));
  if (stray !== undefined)
    throw new UsageError(`"${stray}" is of --less-is-better and neither --metric nor --guardrail.`);
  return names.map((name) => ({
    name,
    goal: lessIsBetter.includes(name) ? 'DECREASE' : 'INCREASE',
    isGuardrail: guardrail.includes(name),
  }));
}

/** The baseline, then the others by name. */
function armOrder({ arms }: ExperimentTable, { baseline, csv, variant }: Options): number[] {
  const at = arms.indexOf(baseline);
  const found = `${csv}, column "${variant}": the variants are ${listed(arms.toSorted())}`;
  if (at === -1) throw new UsageError(`${found}; there is no baseline "${baseline}".`);
  if (arms.length < 2) throw new UsageError(`${found}; there is nothing to hold against the baseline.`);
  const others = [...arms.keys()].filter((arm) => arm !== at);
  return [at, ...others.sort((a, b) => ((arms[a] ?? '') < (arms[b] ?? '') ? -1 : 1))];
}

function weightsOf(arms: readonly string[], weights: ReadonlyMap<string, number>): number[] {
  return arms.map((arm) => {
    const weight = weights.get(arm);
    if (weight === undefined) throw new UsageError(`--weights has no weight for the variant "${arm}".`);
    return weight;
  });
}

function parseWeights(text: string): ReadonlyMap<string, number> {
  const entries = text.trimStart().startsWith('{') ? entriesOfJson(text) : text.split(',').map(entryOf);
  const weights = new Map(entries);
  const fits = entries.every(([name, weight]) => name !== '' && Number.isFinite(weight) && weight >= 0);
  if (fits && weights.size === entries.length) return weights;
  throw new InvalidArgumentError('It must give each arm one weight from 0, such as A=1,B=2 or {"A": 1, "B": 2}.');
}

function entriesOfJson(text: string): [string, number][] {
  try {
    const value: unknown = JSON.parse(text);
    return Object.entries(value as object).map(([name, weight]) => [
      name,
      typeof weight === 'number' ? weight : Number.NaN,
    ]);
  } catch {
    throw new InvalidArgumentError('It is no JSON object.');
  }
}

function entryOf(part: string): [string, number] {
  const at = part.lastIndexOf('=');
  const weight = part.slice(at + 1).trim();
  return [part.slice(0, Math.max(0, at)).trim(), weight === '' ? Number.NaN : Number(weight)];
}

function parsePrior(text: string): LiftPrior {
  const [mean = Number.NaN, deviation = Number.NaN, ...more] = text.split(',').map(Number);
  if (more.length === 0 && Number.isFinite(mean) && Number.isFinite(deviation) && deviation > 0)
    return { mean, deviation };
  throw new InvalidArgumentError('It must be a mean and a deviation above 0, such as 0,0.3.');
}

function parseUnits(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError('It must be a whole number from 1.');
}

function parseLift(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('It must be a number above 0.');
}
