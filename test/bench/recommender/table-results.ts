import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { machineName } from '../../../src/bin/evaluate-output.ts';
import { markdownReport, type ReportEntry } from '../../../src/recommendations/evaluation/index.ts';
import type { Measurement } from '../bench.ts';
import { measuredOf, SEED, type Table, type Verdict } from './table.ts';
import { TABLES } from './tables.ts';

const RESULTS = 'test/bench/results';
/** A file for each table, so that measuring one leaves the others as they are. */
const TABLE_RESULTS = join(RESULTS, 'recommender');

interface TableResult {
  readonly title: string;
  readonly machine: string;
  readonly entries: readonly ReportEntry[];
  readonly verdicts: readonly Verdict[];
}

export async function keepTable(table: Table, entries: readonly ReportEntry[]): Promise<void> {
  const { title } = table;
  const result: TableResult = { title, machine: machineName(), entries, verdicts: table.judge(entries) };
  await mkdir(TABLE_RESULTS, { recursive: true });
  await writeFile(join(TABLE_RESULTS, `${table.name}.json`), `${JSON.stringify(result, null, 1)}\n`);
}

/** Writes the report of all tables that were ever measured, each as it was last, and returns their figures. */
export async function reportTables(): Promise<Measurement[]> {
  const sections: string[] = [];
  const rows: string[] = [];
  const measurements: Measurement[] = [];
  for (const { name } of TABLES) {
    const result = await readTable(name);
    if (!result) continue;
    const { title, machine, entries, verdicts } = result;
    sections.push(markdownReport(entries, { title, settings: { seed: SEED }, machine }));
    rows.push(
      ...verdicts.map(({ target, reached, met }) => `| ${name} | ${target} | ${reached} | ${met ? 'met' : 'missed'} |`),
    );
    measurements.push(
      ...measuredOf(entries).map(({ model, metrics, seconds }) => ({
        name: `${name} ${model}`,
        figures: { ...metrics, seconds },
      })),
    );
  }
  const head = ['# Recommenders on real data', '', '| table | target | reached | |', '| --- | --- | --- | --- |'];
  const note =
    'By `npm run bench -- recommender [table ...]`. Settings are defaults or of papers, chosen on splits of training data. The library of the blend was put together on one of CiteULike-a; what counts as a twin was set by looking at whole data sets.';
  await writeFile(join(RESULTS, 'recommender.md'), [...head, ...rows, '', note, '', ...sections].join('\n'));
  return measurements;
}

async function readTable(name: string): Promise<TableResult | undefined> {
  try {
    return JSON.parse(await readFile(join(TABLE_RESULTS, `${name}.json`), 'utf8')) as TableResult;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
