import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { machineName } from '../../src/bin/evaluate-output.ts';
import {
  compareReports,
  markdownReport,
  measureModel,
  type ReportEntry,
} from '../../src/recommendations/evaluation/index.ts';
import type { Bench, Measurement } from './bench.ts';
import { hasData, TABLES, type Table } from './recommender/tables.ts';

const DEFAULT_DATA = '../shared/data';
const REPORT = 'test/bench/results/recommender.md';
const SEED = 1;

/**
 * The tables of the recommender on real data, which is not part of the project. Arguments are names of tables, all unless
 * given, and `--data=<folder>`. The report holds the tables of this run.
 */
export const recommenderBench: Bench = {
  name: 'recommender',
  description: `Recommenders on real data: ${TABLES.map(({ name }) => name).join(', ')}; --data=<folder>.`,
  async run(args): Promise<Measurement[]> {
    const dataFolder = args.find((arg) => arg.startsWith('--data='))?.slice('--data='.length) ?? DEFAULT_DATA;
    const names = args.filter((arg) => !arg.startsWith('--'));
    const unknown = names.find((name) => TABLES.every((table) => table.name !== name));
    if (unknown !== undefined) throw new Error(`There is no table "${unknown}".`);
    const wanted = TABLES.filter(({ name }) => names.length === 0 || names.includes(name));
    const measurements: Measurement[] = [];
    const sections: string[] = [];
    for (const table of wanted) {
      if (!hasData(table, dataFolder)) {
        process.stdout.write(
          `${table.name}: there is no data in ${join(dataFolder, table.folder)}, so nothing is measured.\n`,
        );
        continue;
      }
      const entries = await measureTable(table, join(dataFolder, table.folder));
      sections.push(markdownReport(entries, { title: table.title, settings: { seed: SEED }, machine: machineName() }));
      measurements.push(...entries.flatMap((entry) => toMeasurement(table, entry)));
    }
    if (sections.length === 0) throw new Error(`There is no data below ${dataFolder}: say where with --data=<folder>.`);
    await writeFile(REPORT, sections.join('\n'));
    return measurements;
  },
};

async function measureTable(table: Table, folder: string): Promise<ReportEntry[]> {
  const { task, models, baseline } = await table.open(folder);
  const compared = baseline && measureModel(task, baseline);
  const entries: ReportEntry[] = [];
  if (compared) entries.push(withoutUsers(compared));
  for (const model of models) {
    process.stdout.write(`${table.name}: ${model.recommender.name}\n`);
    const detailed = measureModel(task, model);
    const report = withoutUsers(detailed);
    entries.push(compared ? { ...report, against: compareReports(detailed, compared, { seed: SEED }) } : report);
  }
  return entries;
}

function withoutUsers({ perUser, ...report }: ReturnType<typeof measureModel>) {
  return report;
}

function toMeasurement(table: Table, entry: ReportEntry): Measurement[] {
  if ('error' in entry) return [];
  return [{ name: `${table.name} ${entry.model}`, figures: { ...entry.metrics, seconds: entry.seconds } }];
}
