import { join } from 'node:path';
import type { Bench, Measurement } from './bench.ts';
import type { Table } from './recommender/table.ts';
import { keepTable, reportTables } from './recommender/table-results.ts';
import { hasData, TABLES } from './recommender/tables.ts';

const DEFAULT_DATA = '../shared/data';

/**
 * The tables of the recommender on real data, which is not part of the project. Arguments are names of tables, all unless
 * given, and `--data=<folder>`. A table that is not measured this time keeps what was measured last.
 */
export const recommenderBench: Bench = {
  name: 'recommender',
  description: `Recommenders on real data: ${TABLES.map(({ name }) => name).join(', ')}; --data=<folder>.`,
  async run(args): Promise<Measurement[]> {
    const dataFolder = args.find((arg) => arg.startsWith('--data='))?.slice('--data='.length) ?? DEFAULT_DATA;
    const wanted = wantedTables(args.filter((arg) => !arg.startsWith('--')));
    let measured = 0;
    for (const table of wanted) {
      const folder = join(dataFolder, table.folder);
      if (!hasData(table, dataFolder)) {
        process.stdout.write(`${table.name}: there is no data in ${folder}, so nothing is measured.\n`);
        continue;
      }
      await keepTable(table, await table.measure(folder, (text) => process.stdout.write(`${table.name}: ${text}\n`)));
      measured++;
    }
    if (measured === 0) process.stdout.write(`There is no data below ${dataFolder}: say where with --data=<folder>.\n`);
    return reportTables();
  },
};

/** @throws Error for a name that no table has. */
function wantedTables(names: readonly string[]): readonly Table[] {
  const unknown = names.find((name) => TABLES.every((table) => table.name !== name));
  if (unknown !== undefined)
    throw new Error(`There is no table "${unknown}": ${TABLES.map(({ name }) => name).join(', ')}.`);
  return TABLES.filter(({ name }) => names.length === 0 || names.includes(name));
}
