import { RowTally, type TalliedUnits, UnitTally } from '../math/experiments/index.ts';
import type { CsvRecord } from './csv-file.ts';
import { type CsvTable, cellError, columnAt, listed, numberIn, openCsv } from './experiment-csv.ts';
import { UsageError } from './program.ts';

/** What to do where a cell is empty: fail, take it as 0, or leave the row out. */
export const EMPTY_RULES = ['refuse', 'zero', 'skip'] as const;

export interface TableQuestion {
  readonly csv: string;
  readonly variant: string;
  readonly metrics: readonly string[];
  /** Rows of one value are one unit; absent where each row is one. */
  readonly unit?: string | undefined;
  readonly empty: (typeof EMPTY_RULES)[number];
  /** Arms that are told of although no row has them. */
  readonly promised: readonly string[];
}

export interface ExperimentTable extends TalliedUnits {
  /** Names of arms, as the counts are. */
  readonly arms: readonly string[];
  readonly rows: number;
  /** Rows left out for an empty cell. */
  readonly skippedRows: number;
}

/** More values than this in the column of variants is another column. */
const MAX_ARMS = 100;

/** @throws UsageError when the file cannot be read, lacks a column, or a cell is not what it should be. */
export async function readExperimentTable(question: TableQuestion): Promise<ExperimentTable> {
  const table = await openCsv(question.csv);
  const columns = {
    variant: columnAt(table, question.variant),
    metrics: question.metrics.map((name) => columnAt(table, name)),
    unit: question.unit === undefined ? null : columnAt(table, question.unit),
  };
  const arms = new Map<string, number>();
  const byRow = new RowTally(question.metrics.length);
  const byUnit = new UnitTally(question.metrics.length);
  let [rows, skippedRows] = [0, 0];
  for await (const row of table.rows()) {
    rows++;
    const needed = [columns.variant, ...columns.metrics, ...(columns.unit === null ? [] : [columns.unit])];
    if (question.empty === 'skip' && needed.some((at) => row.cells[at]?.trim() === '')) {
      skippedRows++;
      continue;
    }
    const arm = armOf(nameIn(row, { table, at: columns.variant }), { arms, question });
    const values = columns.metrics.map((at) => valueIn(row, { table, at, empty: question.empty }));
    if (columns.unit === null) byRow.add({ arm, values });
    else byUnit.add({ unit: nameIn(row, { table, at: columns.unit }), arm, values });
  }
  for (const name of question.promised) armOf(name, { arms, question });
  const tally = columns.unit === null ? byRow.tally(arms.size) : byUnit.tally(arms.size);
  return { ...tally, arms: [...arms.keys()], rows, skippedRows };
}

function armOf(name: string, { arms, question }: { arms: Map<string, number>; question: TableQuestion }): number {
  const known = arms.get(name);
  if (known !== undefined) return known;
  arms.set(name, arms.size);
  if (arms.size <= MAX_ARMS) return arms.size - 1;
  throw new UsageError(
    `${question.csv}, column "${question.variant}": more than ${MAX_ARMS} variants, such as ${listed([...arms.keys()])}.`,
  );
}

function nameIn(row: CsvRecord, { table, at }: { table: CsvTable; at: number }): string {
  const name = row.cells[at]?.trim() ?? '';
  if (name !== '') return name;
  throw cellError({ path: table.path, line: row.line, column: table.header[at] ?? '' }, 'the cell is empty');
}

function valueIn(row: CsvRecord, { table, at, empty }: { table: CsvTable; at: number; empty: string }): number {
  const cell = row.cells[at] ?? '';
  if (empty === 'zero' && cell.trim() === '') return 0;
  return numberIn(cell, { path: table.path, line: row.line, column: table.header[at] ?? '' });
}
