import { Command, Option } from 'commander';
import {
  coldStartTask,
  configureContentModel,
  INTERACTION_FORMATS,
  type InteractionFormat,
  readColdStartData,
} from '../recommendations/evaluation/index.ts';
import { type ModelOptions, parseCutoffs, parseObject, parseShare, parseWhole } from './evaluate-options.ts';
import { evaluateAndPrint } from './evaluate-output.ts';
import { UsageError } from './program.ts';

interface ColdStartOptions extends Pick<ModelOptions, 'params' | 'seed' | 'k' | 'json' | 'report'> {
  readonly train?: string;
  readonly test?: string;
  readonly data?: readonly string[];
  readonly items: string;
  readonly coldShare: number;
  readonly among: 'cold' | 'all';
  readonly format: InteractionFormat;
}

/** `evaluate cold-start`: items that nobody has met, ranked from what is told of them. */
export function coldStartCommand(): Command {
  return new Command('cold-start')
    .description('Rank items whose interactions are all held out, from their texts alone.')
    .option('--train <file>', 'interactions to learn from, plain or .gz')
    .option('--test <file>', 'interactions to find again; items that are not in train are the cold ones')
    .option('--data <files...>', 'in place of both: all interactions, cut here by item')
    .option('--cold-share <number>', 'share of the items held out of --data', parseShare, 0.2)
    .requiredOption('--items <file>', 'what is told of the items, a JSON object a line, plain or .gz')
    .addOption(
      new Option('--among <which>', 'what a cold item is ranked among').choices(['cold', 'all']).default('cold'),
    )
    .addOption(new Option('--model <name>', 'what to measure').choices(['content']).default('content'))
    .option('--params <json>', 'settings of the content model', parseObject, {})
    .option('--seed <number>', 'decides among equal scores, and which items are held out', parseWhole, 1)
    .option('--k <list>', 'where rankings are cut, such as 10,20', parseCutoffs, [10, 20, 50])
    .addOption(new Option('--format <name>', 'how the files are laid out').choices(INTERACTION_FORMATS).default('auto'))
    .option('--report <file>', 'write a report in Markdown')
    .option('--json', 'print one JSON object instead of a table', false)
    .addHelpText('after', COLD_START_HELP)
    .action(measureColdStart);
}

async function measureColdStart(options: ColdStartOptions): Promise<void> {
  const { train, test, data: whole, items, seed, among, k: cutoffs, params } = options;
  const data = await readColdStartData({ ...options, from: sourceOf(options) });
  const models = [configureContentModel(data.texts, params)];
  const files = { train, test, data: whole?.join(', '), items };
  const run = { title: 'Cold start', files, options: { ...options, all: false, compareParams: {} } };
  await evaluateAndPrint(coldStartTask(data, { cutoffs, seed, among }), { models }, run);
}

function sourceOf({ train, test, data }: ColdStartOptions) {
  if (data && !train && !test) return { data };
  if (!data && train && test) return { train, test };
  throw new UsageError('Say either --train and --test, or --data.');
}

const COLD_START_HELP = `
Items: "id" (or "mapped_id"), "title" (or "name"), "description", "about", "prerequisites", "authors" (or "teachers"),
"keywords", "fields", "key_concepts", "partners" (or "schools"). The other files are as for "evaluate ranking". Metrics
under random/ are those of a ranking by chance among the same items.

Example:
  evaluate cold-start --data train.txt.gz test.txt.gz --items profiles.jsonl.gz --cold-share 0.2 --seed 1 --json`;
