import type { Comparison } from './compare-reports.ts';
import type { EvaluationReport } from './evaluation-task.ts';

/** One model's line: its numbers, or why it has none, and how it differs from the baseline. */
export type ReportEntry =
  | (EvaluationReport & { readonly against?: Comparison })
  | { readonly model: string; readonly params: Readonly<Record<string, unknown>>; readonly error: string };

export interface ReportContext {
  /** What the report is of. */
  readonly title: string;
  /** What was asked for, by name, such as the files and the seed. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly machine: string;
}

/** The metrics of the table: at most these many columns are read with pleasure. */
const MAX_COLUMNS = 8;

/** A report for people: settings, machine, the rules of the protocol, a table, and the differences with intervals. */
export function markdownReport(entries: readonly ReportEntry[], context: ReportContext): string {
  const measured = entries.filter((entry) => 'metrics' in entry);
  const [first] = measured;
  const names = tableMetrics(Object.keys(first?.metrics ?? {}));
  return [
    `# ${context.title}`,
    '',
    ...Object.entries(context.settings).map(([name, value]) => `- ${name}: ${value}`),
    `- machine: ${context.machine}`,
    ...(first ? [`- ${first.users} learners or cases that count, ${first.items} items`] : []),
    '',
    '## Results',
    '',
    ...markdownTable(
      ['model', ...names, 'seconds'],
      entries.map((entry) => resultRow(entry, names)),
    ),
    ...measured.flatMap(({ model, against }) => (against ? differenceSection(model, { against, names }) : [])),
    '',
    '## Settings of the models',
    '',
    ...entries.map(({ model, params }) => `- ${model}: \`${JSON.stringify(params)}\``),
    '',
    '## Rules',
    '',
    ...(first?.protocol.split('; ') ?? []).map((rule) => `- ${rule}`),
    '',
  ].join('\n');
}

/** Metrics at one cutoff where all do not fit: the longest up to 20 places. */
function tableMetrics(names: readonly string[]): readonly string[] {
  if (names.length <= MAX_COLUMNS) return names;
  const cutoffs = names.map((name) => Number(name.split('@')[1])).filter((k) => k <= 20);
  const cutoff = Math.max(...cutoffs);
  const atCutoff = names.filter((name) => name.endsWith(`@${cutoff}`));
  return atCutoff.length > 0 ? atCutoff : names.slice(0, MAX_COLUMNS);
}

function resultRow(entry: ReportEntry, names: readonly string[]): string[] {
  if ('error' in entry) return [entry.model, ...names.map(() => ''), entry.error];
  return [entry.model, ...names.map((name) => fixed(entry.metrics[name])), String(entry.seconds)];
}

function differenceSection(
  model: string,
  { against, names }: { against: Comparison; names: readonly string[] },
): string[] {
  const rows = names.flatMap((name) => {
    const found = against.differences[name];
    if (!found) return [];
    const interval = `${fixed(found.lower)} to ${fixed(found.upper)}`;
    return [[name, fixed(found.difference), interval, found.p.toPrecision(2)]];
  });
  const title = `### ${model} less ${against.model}`;
  return ['', title, '', ...markdownTable(['metric', 'difference', '95 % interval', 'p'], rows)];
}

function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), line(header.map((_, at) => (at === 0 ? '---' : '---:'))), ...rows.map(line)];
}

function fixed(value: number | undefined): string {
  return value === undefined ? '' : value.toFixed(4);
}
