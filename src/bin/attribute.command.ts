import { Command, InvalidArgumentError, Option } from 'commander';
import {
  type AttributionModelName,
  bootstrapCredits,
  CHANNEL_MODELS,
  DEFAULT_SETTINGS,
  type Paths,
  pathTotals,
} from '../math/attribution/index.ts';
import { readJourneysFile } from './attribute-journeys-file.ts';
import { attributionRows, attributionTable } from './attribute-output.ts';
import { readPathsFile } from './attribute-paths-file.ts';
import { print } from './output.ts';

const MODELS: Readonly<Record<string, AttributionModelName>> = {
  first: 'FIRST_TOUCH',
  last: 'LAST_TOUCH',
  linear: 'LINEAR',
  position: 'POSITION',
  'time-decay': 'TIME_DECAY',
  markov: 'MARKOV',
  shapley: 'SHAPLEY',
};

interface Options {
  readonly paths?: string;
  readonly journeys?: string;
  readonly model: string;
  readonly order: number;
  readonly halfLife: number;
  readonly window?: number;
  readonly conversionType: string;
  readonly bootstrap?: number;
  readonly seed: number;
  readonly json: boolean;
}

/** `attribute`: credits channels from a file, without a database. Failures are thrown to the program's one handler. */
export function attributeCommand(): Command {
  return new Command('attribute')
    .description('Share conversions and their value among channels, from a file of paths or of events; no database.')
    .option('--paths <file>', 'CSV of aggregated paths, plain or gzip')
    .option('--journeys <file>', 'CSV of touches and conversions of people, plain or gzip')
    .addOption(new Option('--model <name>', 'how to share').choices(Object.keys(MODELS)).makeOptionMandatory())
    .option('--order <number>', 'of markov: consecutive channels that make a state', parseOrder, DEFAULT_SETTINGS.order)
    .option(
      '--half-life <days>',
      'of time-decay: a touch loses half of its weight in so many days',
      parseHalfLife,
      DEFAULT_SETTINGS.halfLifeDays,
    )
    .option('--window <days>', 'of --journeys: how old a touch may be at the end (default: any age)', parseDays)
    .option('--conversion-type <word>', 'of --journeys: the type of conversions', 'conversion')
    .option('--bootstrap <number>', 'tell 95 % intervals from so many resamples of the journeys', parseResamples)
    .option('--seed <number>', 'of --bootstrap: decides what is drawn', parseSeed, 1)
    .option('--json', 'print one JSON object', false)
    .addHelpText('after', HELP)
    .action(async (options: Options, command: Command) => {
      checkSource(options, command);
      const paths = await readPaths(options);
      warnAbout(paths);
      const { order, halfLife, bootstrap, seed } = options;
      const name = MODELS[options.model] as AttributionModelName;
      const model = CHANNEL_MODELS[name]({ order, halfLifeDays: halfLife });
      const intervals = bootstrap ? bootstrapCredits(paths, model, { resamples: bootstrap, seed }) : undefined;
      const rows = attributionRows(model(paths)(paths), intervals);
      if (options.json) print(JSON.stringify({ model: options.model, rows }));
      else print(...attributionTable(rows));
    });
}

/** What is wrong with the call is told before a file is read. */
function checkSource({ paths, journeys, model, window }: Options, command: Command): void {
  if ((paths === undefined) === (journeys === undefined)) command.error('error: say either --paths or --journeys.');
  if (window !== undefined && paths !== undefined) command.error('error: --window goes with --journeys.');
  if (model === 'time-decay' && paths !== undefined) {
    command.error('error: time-decay needs the times of touches, which --paths do not have. Give --journeys.');
  }
}

async function readPaths({ paths: file, journeys, model, window, conversionType }: Options): Promise<Paths> {
  if (file !== undefined) return readPathsFile(file);
  const { log, conversions } = await readJourneysFile(journeys ?? '', conversionType);
  if (conversions === 0) warn(`no line has the type "${conversionType}": see --conversion-type.`);
  const cut = log.cut({ windowDays: window ?? null, keepAges: model === 'time-decay' });
  if (cut.expiredTouches > 0) warn(`${cut.expiredTouches} touches were too old for the window and are left out.`);
  return cut.paths;
}

/** What the table cannot say. */
function warnAbout(paths: Paths): void {
  const { attributed, unattributed } = pathTotals(paths, paths);
  if (unattributed.conversions > 0) {
    warn(`${unattributed.conversions} conversions had no touch before them and are credited to nobody.`);
  }
  if (attributed.conversions === 0) warn('no touch led to a conversion: nobody is credited.');
}

/** Beside the answer, which programs read. */
function warn(text: string): void {
  process.stderr.write(`note: ${text}\n`);
}

function parseOrder(text: string): number {
  return wholeFrom(text, { min: 1, max: 32 });
}

function parseResamples(text: string): number {
  return wholeFrom(text, { min: 100, max: 100_000 });
}

function parseSeed(text: string): number {
  return wholeFrom(text, { min: -(2 ** 31), max: 2 ** 31 - 1 });
}

function wholeFrom(text: string, { min, max }: { min: number; max: number }): number {
  const value = Number(text);
  if (/^-?\d+$/.test(text) && value >= min && value <= max) return value;
  throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
}

function parseHalfLife(text: string): number {
  const days = parseDays(text);
  if (days > 0) return days;
  throw new InvalidArgumentError('It must be above 0.');
}

function parseDays(text: string): number {
  if (/^(\d+\.?\d*|\.\d+)$/.test(text) && Number.isFinite(Number(text))) return Number(text);
  throw new InvalidArgumentError('It must be a number of days from 0, such as 7 or 0.5.');
}

const HELP = `
Paths: a line for each path. Columns: path (channels between ">"), total_conversions, and if there are any
total_conversion_value and total_null (how often the path ended without a conversion). Other usual names, such as
conversions, value, nulls, are understood, and so are semicolons or tabs between the cells.

Journeys: a line for each event. Columns: user, time (ISO 8601, UTC unless it says otherwise, or seconds or milliseconds
since 1970), channel, type (conversion; anything else is a kind of touch), value (of a conversion). A journey is what a user
met since the previous conversion, inside the window; events of the same time come in the order of the file, and the
channel of a conversion is not looked at. What came after the last conversion is a journey without one; its window ends
with its last touch.

Models: first, last, linear per touch; position gives 40 % to the first touch, 40 % to the last, 20 % to those between;
time-decay halves the weight of a touch with every half-life, and needs --journeys; markov shares by what would be lost
without a channel (the removal effect), solved exactly; shapley shares each path equally among its distinct channels.
Conversions without any touch are credited to nobody. Removal effects are zero when there is no conversion.

--json prints {"model", "rows": [{"channel", "conversions", "value", "removalEffect"}]}, the highest credit first, with all
digits; removalEffect is null for models without it. With --bootstrap each row has "intervals": {"conversions": [from, to],
"value": [from, to]}. Notes go to standard error. The exit code is 1 when the file cannot be read, 2 for a wrong option.

Examples:
  attribute --paths paths.csv --model markov --order 2 --json
  attribute --journeys events.csv.gz --model time-decay --half-life 3 --window 30
  attribute --paths paths.csv --model shapley --bootstrap 1000 --seed 7`;
