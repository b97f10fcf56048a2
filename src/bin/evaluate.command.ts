import { Command, InvalidArgumentError, Option } from 'commander';
import {
  configureModel,
  describeModels,
  RANKING_MODELS,
  type RankingModelName,
  type RankingReport,
  readRankingData,
  reportRanking,
} from '../recommendations/evaluation/index.ts';

interface RankingOptions {
  readonly train: string;
  readonly test: string;
  readonly model: RankingModelName;
  readonly params: unknown;
  readonly seed: number;
  readonly k: readonly number[];
  readonly json: boolean;
}

type TimedReport = RankingReport & { readonly seconds: number };

/** `evaluate`: measures recommenders on files. Needs no database. Failures are thrown to the program's one handler. */
export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('Measure a recommender on files of interactions. Needs no database.')
    .addCommand(rankingCommand());
}

function rankingCommand(): Command {
  return new Command('ranking')
    .description("Rank all items for each learner, the learner's train items left out, and look for the test items.")
    .requiredOption('--train <file>', 'interactions to learn from, plain or .gz')
    .requiredOption('--test <file>', 'interactions to find again, plain or .gz')
    .addOption(new Option('--model <name>', 'what to measure').choices(RANKING_MODELS).makeOptionMandatory())
    .option('--params <json>', 'settings of the model; what is not given has its default', parseJson, {})
    .option('--seed <number>', 'decides among equal scores', parseWhole, 1)
    .option('--k <list>', 'where rankings are cut, such as 10,20', parseCutoffs, [5, 10, 20, 50])
    .option('--json', 'print one JSON object instead of a table', false)
    .addHelpText('after', RANKING_HELP)
    .action(async (options: RankingOptions) => {
      const report = await measureRanking(options);
      process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : formatReport(report));
    });
}

const RANKING_HELP = `
Files: a line for each learner, the id and then the ids of items, separated by spaces. Learners count when they have
at least one test item; recall@k divides by the number of a learner's test items.

Models and their settings:
${describeModels()}

Example:
  evaluate ranking --train train.txt.gz --test test.txt.gz --model item-knn --params '{"shrink": 50}' --json`;

async function measureRanking(options: RankingOptions): Promise<TimedReport> {
  const startMs = performance.now();
  const model = configureModel(options.model, options.params);
  const data = await readRankingData(options);
  const report = reportRanking(model, data, { cutoffs: options.k, seed: options.seed });
  return { ...report, seconds: Math.round(performance.now() - startMs) / 1000 };
}

function formatReport(report: TimedReport): string {
  const cutoffs = [...new Set(Object.keys(report.metrics).map((name) => name.split('@')[1] ?? ''))];
  const metrics = [...new Set(Object.keys(report.metrics).map((name) => name.split('@')[0] ?? ''))];
  const line = (label: string, cells: readonly string[]) =>
    `${label.padEnd(10)}${cells.map((cell) => cell.padStart(9)).join('')}`;
  return [
    `${report.model} ${JSON.stringify(report.params)}`,
    `${report.users} learners with test items, ${report.items} items, ${report.seconds} s`,
    '',
    line(
      '',
      cutoffs.map((k) => `@${k}`),
    ),
    ...metrics.map((name) =>
      line(
        name,
        cutoffs.map((k) => (report.metrics[`${name}@${k}`] ?? 0).toFixed(4)),
      ),
    ),
    '',
    ...report.protocol.split('; ').map((rule) => `- ${rule}`),
    '',
  ].join('\n');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidArgumentError(`It must be a JSON object such as '{"shrink": 50}'.`);
  }
}

function parseWhole(text: string): number {
  const value = Number(text);
  if (/^-?\d+$/.test(text) && value >= -(2 ** 31) && value < 2 ** 31) return value;
  throw new InvalidArgumentError('It must be a whole number of 32 bits.');
}

function parseCutoffs(text: string): readonly number[] {
  const cutoffs = text.split(',').map(Number);
  const fits = cutoffs.every((k) => Number.isInteger(k) && k >= 1 && k <= 1000);
  if (fits && new Set(cutoffs).size === cutoffs.length) return cutoffs;
  throw new InvalidArgumentError('It must be distinct whole numbers from 1 to 1000, separated by commas.');
}
