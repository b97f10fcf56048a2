import { z } from 'zod';
import { CsrMatrix } from '../../math/sparse/index.ts';
import { readLines } from './dataset-text.ts';
import { DatasetError } from './evaluation.errors.ts';

const itemLine = z.object({
  id: z.union([z.string().min(1), z.int()]).transform(String),
  vector: z.array(z.number()).min(1).max(100_000),
});

/**
 * Reads vectors of items, made of pictures, of sound or of anything: a JSON object with `id` and `vector` a line, plain or
 * compressed by gzip. Items that are not asked for are passed over, those without a line have an empty row.
 *
 * @param names Of the items, in the order of the rows.
 * @throws DatasetError when the file cannot be read, or has a line of another form, a vector of another length than the
 * first, or an id given twice.
 */
export async function readItemVectors(path: string, names: readonly string[]): Promise<CsrMatrix> {
  const vectors = new Map<string, readonly number[]>();
  let width = 0;
  (await readLines(path)).forEach((text, position) => {
    if (text.trim() === '') return;
    const refuse = (reason: string) => new DatasetError(path, { line: position + 1, reason });
    const parsed = itemLine.safeParse(parseOrNull(text));
    if (!parsed.success) throw refuse('it must be a JSON object with "id" and "vector", a list of numbers.');
    const { id, vector } = parsed.data;
    if (vectors.has(id)) throw refuse(`item ${id} was given before.`);
    width ||= vector.length;
    if (vector.length !== width) throw refuse(`the vector has ${vector.length} numbers, the first one has ${width}.`);
    vectors.set(id, vector);
  });
  if (vectors.size === 0) throw new DatasetError(path, { reason: 'there is no vector in it.' });
  const rows = names.map((name) => vectors.get(name) ?? []);
  return asMatrix(rows, width);
}

function asMatrix(rows: readonly (readonly number[])[], columnCount: number): CsrMatrix {
  const entries = rows.flatMap((row, r) => row.flatMap((value, column) => (value === 0 ? [] : [{ r, column, value }])));
  return CsrMatrix.fromTriplets({
    rowCount: rows.length,
    columnCount,
    rows: entries.map(({ r }) => r),
    columns: entries.map(({ column }) => column),
    values: Float64Array.from(entries, ({ value }) => value),
  });
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
