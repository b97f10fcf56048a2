import { Command, InvalidArgumentError, Option } from 'commander';
import {
  COLD_START_MODELS,
  type ColdStartModelName,
  coldStartTask,
  configureColdStartModel,
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
  readonly vectors: Readonly<Record<string, string>>;
  readonly model: ColdStartModelName;
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
    .option(
      '--vectors <name=file...>',
      'vectors of the items, by pictures or sound, to fuse with text',
      parseVectors,
      {},
    )
    .addOption(
      new Option('--among <which>', 'what a cold item is ranked among').choices(['cold', 'all']).default('cold'),
    )
    .addOption(new Option('--model <name>', 'what to measure').choices(COLD_START_MODELS).default('content'))
    .option('--params <json>', 'settings of the model', parseObject, {})
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
  const models = [configureColdStartModel(options.model, data, params)];
  const files = { train, test, data: whole?.join(', '), items };
  const run = { title: 'Cold start', files, options: { ...options, all: false } };
  await evaluateAndPrint(coldStartTask(data, { cutoffs, seed, among }), { models }, run);
}

/** @param known What was given before: the option takes several words, and may be given again. */
function parseVectors(text: string, known: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const at = text.indexOf('=');
  const [name, file] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)];
  if (/^[a-z0-9-]+$/.test(name) && name !== 'text' && !(name in known) && file !== '')
    return { ...known, [name]: file };
  throw new InvalidArgumentError('It must be such as image=pictures.jsonl.gz, each name given once, and none "text".');
}

function sourceOf({ train, test, data }: ColdStartOptions) {
  if (data && !train && !test) return { data };
  if (!data && train && test) return { train, test };
  throw new UsageError('Say either --train and --test, or --data.');
}

const COLD_START_HELP = `
Items: "id" (or "mapped_id"), "title" (or "name"), "description", "about", "prerequisites", "authors" (or "teachers"),
"keywords", "fields", "key_concepts", "partners" (or "schools"). The other files are as for "evaluate ranking". Metrics
under random/ are those of a ranking by chance among the same items. Vectors: a JSON object with "id" and "vector" a
line; the content model then scores by each modality, and learns on held out users what each counts, told under weight/.
Model fm: its settings are those of "evaluate ranking --help"; it knows titles, authors, keywords and partners.

Example:
  evaluate cold-start --data train.txt.gz test.txt.gz --items profiles.jsonl.gz --cold-share 0.2 --seed 1 --json`;
