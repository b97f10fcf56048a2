import { basename } from 'node:path';
import type { CopyValue } from '../platform/copy-text.ts';
import type { ImportRun } from './import-run.ts';
import { RefusedCellError } from './kinds/columns.ts';
import { type RecordSource, type SourceItem, shortened } from './sources/record-source.ts';

/** What is staged where. */
export interface Staging {
  readonly table: string;
  /** SQL types by column, without `line` and `raw`, which come first. */
  readonly columns: Readonly<Record<string, string>>;
  readonly path: string;
  readonly source: RecordSource;
  /** Values in the order of the columns. @throws RefusedCellError when the record is wrong by itself */
  read(cells: Readonly<Record<string, unknown>>): readonly CopyValue[];
}

/**
 * Reads a file into a new staging table, by COPY. What is no good record is refused by its line.
 *
 * @returns number of records read, refused ones included
 */
export async function stageRecords(run: ImportRun, staging: Staging): Promise<number> {
  const { session, onProgress } = run;
  const { table, columns, path, source } = staging;
  const stage = `reading ${basename(path)}`;
  await session.createStaging(table, { line: 'integer', raw: 'text', ...columns });
  let records = 0;
  onProgress({ stage, fraction: 0, records });
  for await (const batch of source.batches()) {
    for (const item of batch) stageItem(run, staging, item);
    records += batch.length;
    await session.flushLarge();
    onProgress({ stage, fraction: source.fractionRead(), records });
  }
  await session.flush();
  await session.analyse(table);
  return records;
}

function stageItem({ session, refusals }: ImportRun, { table, path, read }: Staging, item: SourceItem): void {
  const { line, raw } = item;
  if ('reason' in item) {
    refusals.add(path, { line, column: null, reason: item.reason, raw });
    return;
  }
  try {
    session.stage(table, [line, shortened(raw), ...read(item.cells)]);
  } catch (error) {
    if (!(error instanceof RefusedCellError)) throw error;
    refusals.add(path, { line, column: error.column, reason: error.message, raw });
  }
}
