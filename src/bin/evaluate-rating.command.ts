import { Command, Option } from 'commander';
import {
  configurePredictor,
  RATING_MODELS,
  type RatingModelName,
  type RatingReport,
  readRatingData,
  reportRatings,
} from '../recommendations/evaluation/index.ts';
import { parseObject, parseWhole } from './evaluate-options.ts';
import { UsageError } from './program.ts';

interface RatingOptions {
  readonly train: string;
  readonly test: string;
  readonly model?: RatingModelName;
  readonly all: boolean;
  readonly params: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly json: boolean;
}

/** `evaluate rating`: how near predicted ratings come to those that were given. */
export function ratingCommand(): Command {
  return new Command('rating')
    .description('Predict ratings from those of a train file, and compare them with those of a test file.')
    .requiredOption('--train <file>', 'ratings to learn from, plain or .gz')
    .requiredOption('--test <file>', 'ratings to predict, plain or .gz')
    .addOption(new Option('--model <name>', 'what to measure').choices(RATING_MODELS))
    .option('--all', 'measure every model', false)
    .option('--params <json>', 'settings of the model; what is not given has its default', parseObject, {})
    .option('--seed <number>', 'decides all that is drawn', parseWhole, 1)
    .option('--json', 'print JSON instead of a table', false)
    .addHelpText('after', RATING_HELP)
    .action(async (options: RatingOptions) => {
      const models = selectPredictors(options);
      const data = await readRatingData(options);
      const reports = models.map((model) => {
        const { perUser, ...report } = reportRatings(model, data, options);
        return report;
      });
      if (options.json) process.stdout.write(`${JSON.stringify(options.all ? reports : reports[0])}\n`);
      else process.stdout.write(formatReports(reports));
    });
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

With --all, --params holds the settings of each model by its name: '{"mf": {"epochs": 20}}'.
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

function formatReports(reports: readonly RatingReport[]): string {
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
    ...reports.map(({ model, params }) => `${model} ${JSON.stringify(params)}`),
    '',
    ...first.protocol.split('; ').map((rule) => `- ${rule}`),
    '',
  ].join('\n');
}
