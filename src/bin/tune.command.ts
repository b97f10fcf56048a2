import { Command, InvalidArgumentError, Option } from 'commander';
import {
  INTERACTION_FORMATS,
  type InteractionFormat,
  parseSearchSpace,
  RANKING_MODELS,
  type RankingModelName,
  readTuneData,
  type SearchSpace,
  type TuneReport,
  tuneModel,
} from '../recommendations/evaluation/index.ts';
import { parseCount, parseShare, parseWhole } from './evaluate-options.ts';

interface TuneOptions {
  readonly train: string;
  readonly source?: string;
  readonly model: RankingModelName;
  readonly space?: SearchSpace;
  readonly trials: number;
  readonly strategy: 'random' | 'halving';
  readonly k: number;
  readonly heldShare: number;
  readonly negatives: number;
  readonly format: InteractionFormat;
  readonly dropTwins?: boolean;
  readonly seed: number;
  readonly json: boolean;
}

type Protocol = 'ranking' | 'candidates' | 'cross-domain';

/** `tune`: searches the settings of a model on a validation split cut from train. Needs no database. */
export function tuneCommand(): Command {
  return new Command('tune')
    .description('Search the settings of a recommender on a validation split cut from train. Needs no database.')
    .addCommand(protocolCommand('ranking', { k: 20, text: 'Judge by the full ranking of held out train items.' }))
    .addCommand(protocolCommand('candidates', { k: 10, text: 'Judge by one train item among random others.' }))
    .addCommand(
      protocolCommand('cross-domain', {
        k: 20,
        text: 'Judge by one target item, with the source in the data.',
      })
        .requiredOption('--source <file>', 'interactions in the other domain, plain or .gz')
        .option('--drop-twins', 'leave out source items that the target lists too', false),
    );
}

function protocolCommand(protocol: Protocol, { k, text }: { k: number; text: string }): Command {
  return new Command(protocol)
    .description(text)
    .requiredOption('--train <file>', 'interactions, plain or .gz; the only ones that are read')
    .addOption(new Option('--model <name>', 'what to tune').choices(RANKING_MODELS).makeOptionMandatory())
    .option('--space <json>', "what to try in place of the model's own space", parseSpace)
    .option('--trials <number>', 'settings to try, the defaults the first of them', parseCount, 20)
    .addOption(new Option('--strategy <name>', 'how to search').choices(['random', 'halving']).default('random'))
    .option('--k <number>', 'the length of the head by whose NDCG settings are judged', parseCount, k)
    .option('--held-share <number>', "share of each learner's items held out, for ranking", parseShare, 0.2)
    .option('--negatives <number>', 'random items to rank a held out one among, for candidates', parseCount, 99)
    .addOption(new Option('--format <name>', 'how the files are laid out').choices(INTERACTION_FORMATS).default('auto'))
    .option('--seed <number>', 'decides what is held out and what is tried', parseWhole, 1)
    .option('--json', 'print one JSON object instead of a table', false)
    .addHelpText('after', TUNE_HELP)
    .action(async (options: TuneOptions) => {
      const { heldShare, negatives: negativeCount, k: cutoff, trials, strategy, seed } = options;
      const data = await readTuneData(protocol, options);
      const search = { heldShare, negativeCount, cutoff, trials, strategy, seed };
      const report = tuneModel(options.model, data, options.space ? { ...search, space: options.space } : search);
      process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : formatReport(report));
    });
}

function parseSpace(text: string): SearchSpace {
  try {
    return parseSearchSpace(JSON.parse(text));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InvalidArgumentError(`It must be such as '{"l2": {"min": 1, "max": 1000, "scale": "log"}}' (${reason}).`);
  }
}

function formatReport({ model, params, objective, score, trials, protocol }: TuneReport): string {
  const rows = trials.map((trial) => {
    const result = trial.score === null ? `refused: ${trial.refusal}` : trial.score.toFixed(4);
    return `${result.padEnd(8)}  ${trial.share.toFixed(2)}  ${trial.seconds.toFixed(1).padStart(7)} s  ${JSON.stringify(trial.params)}`;
  });
  return [
    `${model} ${JSON.stringify(params)}`,
    `${objective} ${score.toFixed(4)} on the validation split`,
    '',
    `${objective.padEnd(8)}  share  time  settings`,
    ...rows,
    '',
    ...protocol.split('; ').map((rule) => `- ${rule}`),
    '',
  ].join('\n');
}

const TUNE_HELP = `
A space holds, for each setting to vary, either {"min": ..., "max": ..., "scale": "linear" | "log" | "whole" |
"log-whole"} or {"choices": [...]}. For cross-domain, "sourceWeight" and "sourcePower" are settings too. "halving" tries
all settings on a part of the learners and the better third of them on three times as many; penalties that grow with
the data are then found for the last round only.

Example:
  tune ranking --train train.txt.gz --model ease --space '{"l2": {"min": 10, "max": 5000, "scale": "log"}}' --trials 10`;
