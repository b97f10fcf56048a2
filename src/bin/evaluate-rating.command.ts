import { Command, Option } from 'commander';
import {
  type Comparison,
  compareRatings,
  configurePredictor,
  RATING_MODELS,
  type RatingModelName,
  type RatingReport,
  readRatingData,
  reportRatings,
} from '../recommendations/evaluation/index.ts';
import { parseObject, parseWhole } from './evaluate-options.ts';
import { formatComparison, writeReport } from './evaluate-output.ts';
import { UsageError } from './program.ts';

interface RatingOptions {
  readonly train: string;
  readonly test: string;
  readonly model?: RatingModelName;
  readonly all: boolean;
  readonly params: Readonly<Record<string, unknown>>;
  readonly compare?: RatingModelName;
  readonly baseline?: RatingModelName;
  readonly compareParams: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly report?: string;
  readonly json: boolean;
}

type RatingEntry = RatingReport & { readonly against?: Comparison };

/** `evaluate rating`: how near predicted ratings come to those that were given. */
export function ratingCommand(): Command {
  return new Command('rating')
    .description('Predict ratings from those of a train file, and compare them with those of a test file.')
    .requiredOption('--train <file>', 'ratings to learn from, plain or .gz')
    .requiredOption('--test <file>', 'ratings to predict, plain or .gz')
    .addOption(new Option('--model <name>', 'what to measure').choices(RATING_MODELS))
    .option('--all', 'measure every model', false)
    .option('--params <json>', 'settings of the model; what is not given has its default', parseObject, {})
    .addOption(new Option('--compare <name>', 'a model to compare with, learner by learner').choices(RATING_MODELS))
    .addOption(new Option('--baseline <name>', 'another name of --compare').choices(RATING_MODELS))
    .option('--compare-params <json>', 'settings of the model compared with', parseObject, {})
    .option('--seed <number>', 'decides all that is drawn', parseWhole, 1)
    .option('--report <file>', 'write a report in Markdown, with settings, machine, table and intervals')
    .option('--json', 'print JSON instead of a table', false)
    .addHelpText('after', RATING_HELP)
    .action(measureRatings);
}

async function measureRatings(options: RatingOptions): Promise<void> {
  const models = selectPredictors(options);
  const compare = options.compare ?? options.baseline;
  const baseline = compare && configurePredictor(compare, options.compareParams, options.seed);
  const data = await readRatingData(options);
  const compared = baseline && reportRatings(baseline, data, options);
  const entries = models.map((model): RatingEntry => {
    const detailed = reportRatings(model, data, options);
    const { perUser, ...report } = detailed;
    return compared ? { ...report, against: compareRatings(detailed, compared, options) } : report;
  });
  const { train, test, report: path } = options;
  if (path !== undefined) await writeReport(entries, { title: 'Ratings', files: { train, test }, options, path });
  if (options.json) process.stdout.write(`${JSON.stringify(options.all ? entries : entries[0])}\n`);
  else process.stdout.write(formatReports(entries));
}

const RATING_HELP = `
Files: a line for each rating, learner, item, rating and perhaps a time, separated by spaces or tabs. Ids are single
words; ratings are numbers on any scale.

Models and their settings:
  baseline  userShrink (15), itemShrink (10): ratings at the mean that each user and item is thought to have besides
            rounds (10): of items, then users
  mf        factorCount (100), epochs (100)
  svdpp     learningRate (0.01): length of a step, multiplied by decay (0.985) after each epoch
            biasPenalty (0.02), factorPenalty (0.12): draw biases and factors to zero
  bayes-mf  factorCount (10)
            burnIn (50): sweeps before the first sample is kept; thinning (2): sweeps from one sample to the next
            sampleCount (100): samples that predictions are averaged over

With --all, --params holds the settings of each model by its name: '{"mf": {"epochs": 20}}'. With --compare, each report
has "against": the other model, and for rmse and mae the difference, the 95 % interval and p of the paired bootstrap, in
which learners are drawn with all of their ratings. Below zero, the model errs less than the other.
--json prints one object on one line: protocol, model, params, users, items, ratings, metrics, seconds; with --all, a
list of such objects on one line.

Example:
  evaluate rating --train u1.base --test u1.test --model bayes-mf --params '{"factorCount": 20}' --json`;

/**
 * @throws UsageError without a model, or with both one and all.
 * @throws InvalidInputError for settings that a model does not have.
 */
function selectPredictors({ model, all, params, seed }: RatingOptions): ReturnType<typeof configurePredictor>[] {
  if (all === (model !== undefined)) throw new UsageError('Say either --model or --all.');
  if (model) return [configurePredictor(model, params, seed)];
  for (const name of Object.keys(params)) {
    if (!RATING_MODELS.includes(name as RatingModelName)) throw new UsageError(`There is no model "${name}".`);
  }
  return RATING_MODELS.map((name) => configurePredictor(name, params[name] ?? {}, seed));
}

function formatReports(reports: readonly RatingEntry[]): string {
  const [first] = reports;
  if (!first) return '';
  const line = (label: string, cells: readonly string[]) =>
    `${label.padEnd(12)}${cells.map((cell) => cell.padStart(9)).join('')}`;
  return [
    `${first.ratings} ratings of ${first.users} learners; ${first.items} items in train`,
    '',
    line('', ['rmse', 'mae', 'seconds']),
    ...reports.map(({ model, metrics, seconds }) =>
      line(model, [...Object.values(metrics).map((value) => value.toFixed(4)), seconds.toFixed(1)]),
    ),
    '',
    ...reports.flatMap(({ model, params, against }) => [
      `${model} ${JSON.stringify(params)}`,
      ...(against ? [...formatComparison(against).slice(1), ''] : []),
    ]),
    '',
    ...first.protocol.split('; ').map((rule) => `- ${rule}`),
    '',
  ].join('\n');
}
