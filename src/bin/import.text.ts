import type { Importer, ImportReport } from '../imports/index.ts';

const COUNTS = ['read', 'inserted', 'updated', 'unchanged', 'refused'] as const;

/** Columns of a kind with an example of either format, for the help text. */
export function describeImporter({ columns, notes }: Importer): string {
  const entries = Object.entries(columns);
  const width = Math.max(...entries.map(([name]) => name.length));
  const lines = entries.map(
    ([name, column]) => `  ${name.padEnd(width)}  ${column.required ? 'required' : 'optional'}  ${column.about}`,
  );
  const header = entries.map(([name]) => name).join(',');
  const row = entries.map(([, column]) => column.example).join(',');
  const object = Object.fromEntries(entries.map(([name, column]) => [name, exampleInJson(column)]));
  return [
    '',
    'Columns:',
    ...lines,
    '',
    ...wrapped(notes),
    '',
    'CSV has a header and the columns in any order; JSON Lines has an object a line, with lists as lists.',
    '',
    'Example:',
    `  ${header}`,
    `  ${row}`,
    '',
    `  ${JSON.stringify(object)}`,
  ].join('\n');
}

/** A list as a list; everything else as the text that CSV has too. */
function exampleInJson({ field, example }: Importer['columns'][string]): unknown {
  const { data } = field.safeParse(example);
  return Array.isArray(data) ? data : example;
}

/** The report for people. */
export function describeReport({ counts, errorFiles, dryRun, seconds }: ImportReport): string {
  const width = Math.max(...Object.keys(counts).map((kind) => kind.length));
  const row = (label: string, cells: readonly (string | number)[]) =>
    `${label.padEnd(width)}${cells.map((cell) => String(cell).padStart(11)).join('')}`;
  const lines = [
    row('', COUNTS),
    ...Object.entries(counts).map(([kind, count]) =>
      row(
        kind,
        COUNTS.map((name) => count[name]),
      ),
    ),
  ];
  for (const { source, path, records, first } of errorFiles) {
    lines.push('', `${records} refused in ${source}, such as:`);
    for (const { line, column, reason } of first) lines.push(`  line ${line}: ${column ? `${column} ` : ''}${reason}`);
    lines.push(`All are in ${path}`);
  }
  lines.push('', `${dryRun ? 'A dry run: nothing was kept. ' : ''}Done in ${seconds.toFixed(1)} s.`);
  return lines.join('\n');
}

function wrapped(text: string, width = 100): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line.length + word.length >= width) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines;
}
