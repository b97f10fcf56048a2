import { ImportFileError } from '../import.errors.ts';
import { type CsvItem, CsvRecords } from './csv-records.ts';
import { readLines } from './line-reader.ts';
import type { RecordSource, SourceItem } from './record-source.ts';
import type { TextFile } from './text-file.ts';

/** What a header may and must hold. */
export interface HeaderRules {
  readonly known: readonly string[];
  readonly required: readonly string[];
}

/** CSV with a header (RFC 4180, comma, UTF-8). An empty field is an absent cell. Lines of blanks are skipped. */
export function csvSource(file: TextFile, rules: HeaderRules): RecordSource {
  return {
    fractionRead: () => file.fractionRead(),
    async *batches() {
      const records = new CsvRecords();
      let header: readonly string[] | undefined;
      const read = (atEnd: boolean): SourceItem[] => {
        if (!header) {
          const [first] = records.take({ atEnd, limit: 1 });
          if (!first) return [];
          header = headerOf(first, { file, rules });
          records.expectFields(header.length);
        }
        const names = header;
        return records.take({ atEnd }).map((item) => named(item, names));
      };
      for await (const lines of readLines(file.chunks())) {
        records.push(lines);
        yield read(false);
      }
      yield read(true);
      if (!header) throw new ImportFileError(file.path, 'is empty: its first line must name the columns.');
    },
  };
}

function headerOf(first: CsvItem, { file, rules }: { file: TextFile; rules: HeaderRules }): readonly string[] {
  const fail = (reason: string): never => {
    throw new ImportFileError(file.path, `${reason} The columns are: ${rules.known.join(', ')}.`);
  };
  if ('reason' in first) return fail(`has no header: its first line ${first.reason}.`);
  const names = first.fields.map((field) => field.trim());
  const missing = rules.required.filter((name) => !names.includes(name));
  if (missing.length > 0) return fail(`lacks the ${plural('column', missing)} ${missing.join(', ')}.`);
  const unknown = names.filter((name) => !rules.known.includes(name));
  if (unknown.length > 0)
    return fail(`has the unknown ${plural('column', unknown)} ${unknown.map(quoted).join(', ')}.`);
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  if (twice.length > 0) return fail(`has the ${plural('column', twice)} ${twice.join(', ')} twice.`);
  return names;
}

function named(item: CsvItem, names: readonly string[]): SourceItem {
  if ('reason' in item) return item;
  const { line, raw, fields } = item;
  if (fields.length !== names.length) {
    return { line, raw, reason: `has ${fields.length} ${plural('field', fields)}, the header ${names.length}` };
  }
  const cells: Record<string, string> = {};
  names.forEach((name, at) => {
    const field = fields[at];
    if (field) cells[name] = field;
  });
  return { line, raw, cells };
}

function plural(word: string, list: readonly unknown[]): string {
  return list.length === 1 ? word : `${word}s`;
}

function quoted(name: string): string {
  return JSON.stringify(name.slice(0, 60));
}
