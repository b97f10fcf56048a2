import { readFile, writeFile } from 'node:fs/promises';
import { CsrMatrix } from '../../../src/math/sparse/index.ts';
import { readRankingData } from '../../../src/recommendations/evaluation/index.ts';
import { seededRandom } from '../../../src/shared/random.ts';

/** Learners, courses and enrolments as in the public set that the project is measured on. */
const SHAPE = { rowCount: 11_943, columnCount: 2_297, perRow: 58 };

/** The interactions of a file, or made up ones of the same size when none is given. */
export async function benchMatrix(path: string | undefined): Promise<CsrMatrix> {
  if (path !== undefined) return (await readRankingData({ train: path, test: path })).train;
  const random = seededRandom(1);
  const places = new Set<number>();
  for (let row = 0; row < SHAPE.rowCount; row++) {
    for (let n = 0; n < SHAPE.perRow; n++) {
      // A few columns are chosen by many, as courses are.
      places.add(row * SHAPE.columnCount + Math.floor(SHAPE.columnCount * random.next() ** 2.5));
    }
  }
  const all = [...places];
  return CsrMatrix.fromTriplets({
    ...SHAPE,
    rows: all.map((place) => Math.floor(place / SHAPE.columnCount)),
    columns: all.map((place) => place % SHAPE.columnCount),
    values: new Float64Array(all.length).fill(1),
  });
}

/** As 32-bit integers: rows, columns, then the row of each entry, then the column of each. Every value is 1. */
export async function writePairs(path: string, matrix: CsrMatrix): Promise<void> {
  const { rowCount, columnCount, entryCount } = matrix;
  const numbers = new Int32Array(2 + 2 * entryCount);
  numbers.set([rowCount, columnCount]);
  for (let r = 0; r < rowCount; r++) numbers.fill(r, 2 + (matrix.offsets[r] ?? 0), 2 + (matrix.offsets[r + 1] ?? 0));
  numbers.set(matrix.columns, 2 + entryCount);
  await writeFile(path, numbers);
}

export async function readPairs(path: string): Promise<CsrMatrix> {
  const bytes = await readFile(path);
  const numbers = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const [rowCount = 0, columnCount = 0] = numbers;
  const count = (numbers.length - 2) / 2;
  return CsrMatrix.fromTriplets({
    rowCount,
    columnCount,
    rows: numbers.subarray(2, 2 + count),
    columns: numbers.subarray(2 + count),
    values: new Float64Array(count).fill(1),
  });
}
