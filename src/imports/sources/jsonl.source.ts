import { type Line, readLines, TOO_LONG } from './line-reader.ts';
import { isText, NOT_UTF8, type RecordSource, type SourceItem } from './record-source.ts';
import type { TextFile } from './text-file.ts';

/** JSON Lines: one object a line. Lines of blanks are skipped. */
export function jsonlSource(file: TextFile): RecordSource {
  return {
    fractionRead: () => file.fractionRead(),
    async *batches() {
      for await (const lines of readLines(file.chunks())) {
        yield lines.filter((line) => line.text.trim() !== '').map(parseLine);
      }
    },
  };
}

function parseLine({ number: line, text: raw, tooLong }: Line): SourceItem {
  if (tooLong) return { line, raw, reason: TOO_LONG };
  if (!isText(raw)) return { line, raw, reason: NOT_UTF8 };
  try {
    const value: unknown = JSON.parse(raw);
    if (isObject(value)) return { line, raw, cells: value };
    return { line, raw, reason: 'is JSON but no object' };
  } catch {
    return { line, raw, reason: 'is not JSON' };
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
