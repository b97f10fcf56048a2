import { Command, InvalidArgumentError, Option } from 'commander';
import {
  crossDomainTask,
  INTERACTION_FORMATS,
  type InteractionFormat,
  readCrossDomainData,
} from '../recommendations/evaluation/index.ts';
import { type ModelOptions, OUTPUT_HELP, withModelOptions } from './evaluate-options.ts';
import { evaluateAndPrint, selectModels } from './evaluate-output.ts';

interface CrossDomainOptions extends ModelOptions {
  readonly source: string;
  readonly train: string;
  readonly test: string;
  readonly format: InteractionFormat;
  readonly sourceWeight: number;
  readonly sourcePower: number;
  readonly dropTwins: boolean;
  readonly sourceItems?: string;
  readonly items?: string;
}

/** `evaluate cross-domain`: whether what learners did elsewhere helps. */
export function crossDomainCommand(): Command {
  const command = new Command('cross-domain')
    .description('Rank the items of one domain with and without what the same learners did in another.')
    .requiredOption('--source <file>', 'interactions in the other domain, plain or .gz')
    .requiredOption('--train <file>', 'interactions in this domain to learn from, plain or .gz')
    .requiredOption('--test <file>', 'interactions in this domain to find again, plain or .gz')
    .addOption(new Option('--format <name>', 'how the files are laid out').choices(INTERACTION_FORMATS).default('auto'))
    .option('--source-weight <number>', 'what a source interaction weighs beside one of the target', parseAmount, 1)
    .option('--source-power <number>', 'how far popular source items are played down; 0: not at all', parseAmount, 0)
    .option('--drop-twins', 'leave out source items that the target lists too', false)
    .option('--source-items <file>', 'what is told of the source items, to know twins by title too')
    .option('--items <file>', 'what is told of the items of this domain, for the same');
  return withModelOptions(command, [5, 10, 20, 50])
    .addHelpText('after', CROSS_DOMAIN_HELP)
    .action(async (options: CrossDomainOptions) => {
      const selection = selectModels(options);
      const { source, train, test } = options;
      const task = crossDomainTask(await readCrossDomainData(options), {
        ...options,
        cutoffs: options.k,
      });
      await evaluateAndPrint(task, selection, { title: 'Cross-domain', files: { source, train, test }, options });
    });
}

export function parseAmount(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0 && value <= 1e6) return value;
  throw new InvalidArgumentError('It must be a number from 0 to 1000000.');
}

const CROSS_DOMAIN_HELP = `
Files: as for "evaluate ranking", which lists the models. Learners with the same id in two files are the same person;
items of source and target are different things, also where they have the same id. Metrics are named such as
with/few/recall@20: with or without the source, or the relative gain of it; for all learners with a test item, or for the
few-timers among them, who have fewer than 5 interactions in train.

A thing that both domains list is bought once and stands in both: --drop-twins leaves out the source items whose people
are at least four fifths those of a target item (two people or more in common, test included) or, with both files of
items as for "evaluate cold-start", whose title is the same.
${OUTPUT_HELP}

Example:
  evaluate cross-domain --source sport.txt.gz --train cloth.txt.gz --test cloth-test.txt.gz --model item-knn --json`;
