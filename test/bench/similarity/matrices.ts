import { readFile, writeFile } from 'node:fs/promises';
import { CsrMatrix } from '../../../src/math/sparse/index.ts';
import { seededRandom } from '../../../src/shared/random.ts';

export interface MadeUp {
  readonly rowCount: number;
  readonly columnCount: number;
  /** Interactions drawn; about two in a hundred fall on a place that is taken and are drawn again. */
  readonly entryCount: number;
  readonly seed: number;
}

/**
 * Learners by items, all ones. The item of rank r is chosen in proportion to 1 / (r + 10), which keeps the first ones
 * below half of all learners; ranks are dealt to items by a step through all of them. Learners differ in length by 1 to
 * 9.
 */
export function madeUpMatrix({ rowCount, columnCount, entryCount, seed }: MadeUp): CsrMatrix {
  const random = seededRandom(seed);
  const bounds = new Float64Array(columnCount);
  bounds.forEach((_, rank) => {
    bounds[rank] = (bounds[rank - 1] ?? 0) + 1 / (rank + 10);
  });
  const offsets = new Int32Array(rowCount + 1);
  const columns = new Int32Array(entryCount);
  const takenBy = new Int32Array(columnCount).fill(-1);
  for (let row = 0; row < rowCount; row++) {
    const start = offsets[row] ?? 0;
    const end = row === rowCount - 1 ? entryCount : Math.min(entryCount, start + lengthOf(row, entryCount / rowCount));
    for (let entry = start; entry < end; ) {
      const rank = firstAbove(bounds, random.next() * (bounds[columnCount - 1] ?? 0));
      const item = (rank * 7_919) % columnCount;
      if (takenBy[item] === row) continue;
      takenBy[item] = row;
      columns[entry++] = item;
    }
    columns.subarray(start, end).sort();
    offsets[row + 1] = end;
  }
  return CsrMatrix.fromParts({ rowCount, columnCount, offsets, columns, values: new Float64Array(entryCount).fill(1) });
}

/** From a fifth of the mean to nine fifths of it, in turns. */
function lengthOf(row: number, mean: number): number {
  return Math.round((mean * (1 + (row % 9))) / 5);
}

function firstAbove(bounds: Float64Array, value: number): number {
  let [low, high] = [0, bounds.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bounds[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** As 32-bit integers: rows, columns, the offsets, the columns of the entries. Every value is 1. */
export async function writeMatrix(path: string, matrix: CsrMatrix): Promise<void> {
  const { rowCount, columnCount, offsets, columns } = matrix;
  const numbers = new Int32Array(2 + offsets.length + columns.length);
  numbers.set([rowCount, columnCount]);
  numbers.set(offsets, 2);
  numbers.set(columns, 2 + offsets.length);
  await writeFile(path, numbers);
}

/** In memory that threads share. */
export async function readShared(path: string): Promise<SharedMatrix> {
  const bytes = await readFile(path);
  const numbers = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  const [rowCount = 0, columnCount = 0] = numbers;
  const offsets = new Int32Array(new SharedArrayBuffer(4 * (rowCount + 1)));
  offsets.set(numbers.subarray(2, rowCount + 3));
  const columns = new Int32Array(new SharedArrayBuffer(4 * (numbers.length - rowCount - 3)));
  columns.set(numbers.subarray(rowCount + 3));
  const values = new Float64Array(new SharedArrayBuffer(8 * columns.length)).fill(1);
  return { rowCount, columnCount, offsets, columns, values };
}

export type SharedMatrix = Parameters<typeof CsrMatrix.fromParts>[0];
