import { ImportFileError } from '../import.errors.ts';
import { csvSource, type HeaderRules } from './csv.source.ts';
import { jsonlSource } from './jsonl.source.ts';
import type { RecordSource } from './record-source.ts';
import { openTextFile } from './text-file.ts';

/**
 * Opens a file by what its name ends in: `.csv`, `.jsonl` or `.ndjson`, with or without `.gz`.
 *
 * @throws ImportFileError for another ending, and when the file cannot be opened
 */
export async function openSource(path: string, rules: HeaderRules): Promise<RecordSource> {
  const [, ending] = /\.(csv|jsonl|ndjson)(?:\.gz)?$/i.exec(path) ?? [];
  if (!ending) throw new ImportFileError(path, 'must end in .csv or .jsonl, or in one of them and .gz.');
  const file = await openTextFile(path);
  return ending.toLowerCase() === 'csv' ? csvSource(file, rules) : jsonlSource(file);
}
