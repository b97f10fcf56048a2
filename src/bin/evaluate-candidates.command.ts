import { Command } from 'commander';
import { candidateTask, readCandidateData, readLeaveOneOutData } from '../recommendations/evaluation/index.ts';
import { type ModelOptions, OUTPUT_HELP, parseCount, withModelOptions } from './evaluate-options.ts';
import { evaluateAndPrint, selectModels } from './evaluate-output.ts';

interface CandidateOptions extends ModelOptions {
  readonly train: string;
  readonly test: string;
}

interface LeaveOneOutOptions extends ModelOptions {
  readonly data: string;
  readonly negatives: number;
}

const CUTOFFS = [1, 5, 10];

/** `evaluate candidates`: one item that the learner chose among given ones that the learner did not choose. */
export function candidatesCommand(): Command {
  const command = new Command('candidates')
    .description('Rank one item that the learner chose among given items that the learner did not choose.')
    .requiredOption('--train <file>', 'pairs of learner and item to learn from, plain or .gz')
    .requiredOption('--test <file>', 'lines of learner, item chosen, items not chosen, plain or .gz');
  return withModelOptions(command, CUTOFFS)
    .addHelpText('after', CANDIDATES_HELP)
    .action(async (options: CandidateOptions) => {
      const selection = selectModels(options, 'random');
      const { train, test, seed, k: cutoffs } = options;
      const origin = 'candidates: the item chosen is ranked among the items of its test row, one ranking for each row';
      const task = candidateTask(await readCandidateData(options), { cutoffs, seed, origin });
      await evaluateAndPrint(task, selection, { title: 'Among given candidates', files: { train, test }, options });
    });
}

/** `evaluate leave-one-out`: cuts the rankings to judge from one file by time. */
export function leaveOneOutCommand(): Command {
  const command = new Command('leave-one-out')
    .description('Hold out the last item of each learner by time, and rank it among random items never touched.')
    .requiredOption('--data <file>', 'lines of learner, item, rating, time, plain or .gz')
    .option('--negatives <number>', 'random items to rank it among', parseCount, 99);
  return withModelOptions(command, CUTOFFS)
    .addHelpText('after', LEAVE_ONE_OUT_HELP)
    .action(async (options: LeaveOneOutOptions) => {
      const selection = selectModels(options, 'random');
      const { data: file, negatives: negativeCount, seed, k: cutoffs } = options;
      const origin =
        'leave-one-out: the last item of each learner by time (of equal times, the one that stands last in the file) is ' +
        `ranked among ${negativeCount} random items that the learner never touched (seed ${seed}); a learner with a ` +
        'single item is not tested';
      const data = await readLeaveOneOutData(file, { negativeCount, seed });
      const task = candidateTask(data, { cutoffs, seed, origin });
      await evaluateAndPrint(task, selection, { title: 'Leave one out', files: { data: file }, options });
    });
}

const CANDIDATES_HELP = `
Files: train has a line for each pair, learner and item. Test has a line for each ranking: learner, tab, the item chosen,
tab, items not chosen, separated by spaces. "evaluate ranking --help" lists the models.
${OUTPUT_HELP}

Example:
  evaluate candidates --train train.tsv.gz --test test.tsv.gz --model item-knn --json`;

const LEAVE_ONE_OUT_HELP = `
File: a line for each rating: learner, item, rating, time. Every rating counts as a choice, whatever its height.
"evaluate ranking --help" lists the models.
${OUTPUT_HELP}

Example:
  evaluate leave-one-out --data ratings.tsv.gz --model ease --seed 1 --json`;
