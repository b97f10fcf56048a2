import { writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import {
  type Comparison,
  compareReports,
  configureModel,
  type DetailedReport,
  type EvaluationTask,
  markdownReport,
  measureModel,
  RANKING_MODELS,
  type RankingModelName,
  type ReportEntry,
} from '../recommendations/evaluation/index.ts';
import type { ModelOptions } from './evaluate-options.ts';
import { UsageError } from './program.ts';

type OutputOptions = Pick<ModelOptions, 'all' | 'seed' | 'report' | 'json'>;

/** What to measure, found to be in order before any file is read. */
export interface Selection {
  readonly models: readonly ReturnType<typeof configureModel>[];
  readonly baseline?: ReturnType<typeof configureModel>;
}

/**
 * @param rivals What a blend is to tell from what is wanted, by the protocol.
 * @throws UsageError without a model, or with both one and all.
 * @throws InvalidInputError for settings that a model does not have.
 */
export function selectModels(
  { model, all, params, compareParams, ...options }: ModelOptions,
  rivals?: 'top' | 'random',
): Selection {
  const compare = options.compare ?? options.baseline;
  if (all === (model !== undefined)) throw new UsageError('Say either --model or --all.');
  const models = model ? [configureModel(model, params, rivals)] : allModels(params, rivals);
  return compare ? { models, baseline: configureModel(compare, compareParams, rivals) } : { models };
}

function allModels(
  params: Readonly<Record<string, unknown>>,
  rivals?: 'top' | 'random',
): ReturnType<typeof configureModel>[] {
  for (const name of Object.keys(params)) {
    if (!RANKING_MODELS.includes(name as RankingModelName)) throw new UsageError(`There is no model "${name}".`);
  }
  return RANKING_MODELS.map((name) => configureModel(name, params[name] ?? {}, rivals));
}

/** Measures what was selected, prints it as asked for, and writes the report. */
export async function evaluateAndPrint(
  task: EvaluationTask,
  { models, baseline }: Selection,
  run: { title: string; files: Readonly<Record<string, string | undefined>>; options: OutputOptions },
): Promise<void> {
  const { options } = run;
  const compared = baseline && measureModel(task, baseline);
  const entries = models.map((model) => measureOrExplain(task, { model, compared, options }));
  if (options.report !== undefined) await writeReport(entries, { ...run, path: options.report });
  if (options.json) process.stdout.write(`${JSON.stringify(options.all ? entries : entries[0])}\n`);
  else process.stdout.write(formatEntries(entries));
}

/** Only with --all may a model refuse the data: one that was asked for by name fails the command. */
function measureOrExplain(
  task: EvaluationTask,
  {
    model,
    compared,
    options,
  }: { model: Selection['models'][number]; compared: DetailedReport | undefined; options: OutputOptions },
): ReportEntry {
  try {
    const detailed = measureModel(task, model);
    const against = compared && compareReports(detailed, compared, options);
    const { perUser, ...report } = detailed;
    return { ...report, ...(against ? { against } : {}) };
  } catch (error) {
    if (!options.all || !(error instanceof RangeError)) throw error;
    return { model: model.recommender.name, params: model.params, error: error.message };
  }
}

/** Writes the report in Markdown. */
export async function writeReport(
  entries: readonly ReportEntry[],
  run: { title: string; files: Readonly<Record<string, string | undefined>>; options: { seed: number }; path: string },
): Promise<void> {
  const files = Object.entries(run.files).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const settings = { ...Object.fromEntries(files), seed: run.options.seed };
  await writeFile(run.path, markdownReport(entries, { title: run.title, settings, machine: machineName() }));
}

/** The machine that figures were measured on. */
export function machineName(): string {
  const memoryGiB = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} x ${cpus()[0]?.model ?? 'unknown'}, ${memoryGiB} GiB, Node ${process.version}`;
}

function formatEntries(entries: readonly ReportEntry[]): string {
  const [first] = entries.filter((entry) => 'metrics' in entry);
  const rules = first?.protocol.split('; ').map((rule) => `- ${rule}`) ?? [];
  return `${[...entries.flatMap(formatEntry), ...rules].join('\n')}\n`;
}

function formatEntry(entry: ReportEntry): string[] {
  const name = `${entry.model} ${JSON.stringify(entry.params)}`;
  if ('error' in entry) return [name, entry.error, ''];
  return [
    name,
    `${entry.users} learners that count, ${entry.items} items, ${entry.seconds} s`,
    '',
    ...metricsTable(entry.metrics),
    ...(entry.against ? formatComparison(entry.against) : []),
    '',
  ];
}

/** A line for each metric, a column for each cutoff. */
export function metricsTable(values: Readonly<Record<string, number>>): string[] {
  const cutoffs = [...new Set(Object.keys(values).map((name) => name.split('@')[1] ?? ''))];
  const metrics = [...new Set(Object.keys(values).map((name) => name.split('@')[0] ?? ''))];
  const width = Math.max(10, ...metrics.map((name) => name.length + 2));
  const line = (label: string, cells: readonly string[]) =>
    `${label.padEnd(width)}${cells.map((cell) => cell.padStart(9)).join('')}`;
  const header = cutoffs.map((k) => (k === '' ? '' : `@${k}`));
  const cellOf = (value: number | undefined) => value?.toFixed(4) ?? '';
  return [
    line('', header),
    ...metrics.map((name) =>
      line(
        name,
        cutoffs.map((k) => cellOf(values[k === '' ? name : `${name}@${k}`])),
      ),
    ),
  ];
}

/** What is less than the other model, a line for each metric. */
export function formatComparison({ model, params, differences }: Comparison): string[] {
  return [
    '',
    `less ${model} ${JSON.stringify(params)}: difference, 95 % interval, p`,
    ...Object.entries(differences).map(([name, { difference, lower, upper, p }]) => {
      const [mean, from, to] = [difference, lower, upper].map((value) => value.toFixed(4).padStart(8));
      return `${name.padEnd(14)}${mean}  ${from} to ${to}  ${p.toPrecision(2)}`;
    }),
  ];
}
