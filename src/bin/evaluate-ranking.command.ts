import { Command, Option } from 'commander';
import {
  describeModels,
  INTERACTION_FORMATS,
  type InteractionFormat,
  rankingTask,
  readRankingData,
} from '../recommendations/evaluation/index.ts';
import { type ModelOptions, OUTPUT_HELP, withModelOptions } from './evaluate-options.ts';
import { evaluateAndPrint, selectModels } from './evaluate-output.ts';

interface RankingOptions extends ModelOptions {
  readonly train: string;
  readonly test: string;
  readonly format: InteractionFormat;
}

/** `evaluate ranking`: full ranking of all items for each learner. */
export function rankingCommand(): Command {
  const command = new Command('ranking')
    .description("Rank all items for each learner, the learner's train items left out, and look for the test items.")
    .requiredOption('--train <file>', 'interactions to learn from, plain or .gz')
    .requiredOption('--test <file>', 'interactions to find again, plain or .gz')
    .addOption(
      new Option('--format <name>', 'how the files are laid out').choices(INTERACTION_FORMATS).default('auto'),
    );
  return withModelOptions(command, [5, 10, 20, 50])
    .addHelpText('after', () => rankingHelp())
    .action(async (options: RankingOptions) => {
      const selection = selectModels(options);
      const data = await readRankingData(options, options.format);
      const task = rankingTask(data, { cutoffs: options.k, seed: options.seed, withLists: true });
      const { train, test } = options;
      await evaluateAndPrint(task, selection, { title: 'Full ranking', files: { train, test }, options });
    });
}

function rankingHelp(): string {
  return `
Files: a line for each learner, the id and then the ids of items, separated by spaces; or a line for each pair, learner
and item, with up to two numbers behind them that are not used. A file is taken for pairs when each of its lines has
three or four words between tabs; --format says it otherwise. Learners count when they have at least one test item;
recall@k divides by the number of a learner's test items.

Models and their settings:
${describeModels()}
${OUTPUT_HELP}

Example:
  evaluate ranking --train train.txt.gz --test test.txt.gz --model item-knn --params '{"shrink": 50}' --json`;
}
