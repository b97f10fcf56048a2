import { assertFinite } from '../assert.ts';
import type { CsrParts, Triplets } from './csr-parts.ts';

/**
 * Compresses checked triplets by two stable counting sorts, first by column and then by row: time and memory grow with
 * entries + rows + columns. Entries of one place are summed in the order given.
 *
 * @throws RangeError when such a sum overflows.
 */
export function compressTriplets(triplets: Triplets): CsrParts {
  const byColumn = stableOrder(triplets.columns, triplets.columnCount);
  const byPlace = stableOrder(triplets.rows, triplets.rowCount, byColumn);
  const parts = mergeDuplicates(triplets, byPlace);
  assertFinite('summed value', parts.values);
  return parts;
}

/** Exchanges rows and columns by one counting sort. Rows are visited in order, so the new columns ascend. */
export function transposeParts(matrix: CsrParts): CsrParts {
  const offsets = runStarts(matrix.columns, matrix.columnCount);
  const next = offsets.slice();
  const columns = new Int32Array(matrix.columns.length);
  const values = new Float64Array(matrix.values.length);
  for (let r = 0; r < matrix.rowCount; r++) {
    const end = matrix.offsets[r + 1] as number;
    for (let e = matrix.offsets[r] as number; e < end; e++) {
      const column = matrix.columns[e] as number;
      const at = next[column] as number;
      columns[at] = r;
      values[at] = matrix.values[e] as number;
      next[column] = at + 1;
    }
  }
  return { rowCount: matrix.columnCount, columnCount: matrix.rowCount, offsets, columns, values };
}

/** Where the run of each key starts once keys are sorted; one more at the end. */
function runStarts(keys: ArrayLike<number>, keyCount: number): Int32Array {
  const starts = new Int32Array(keyCount + 1);
  for (let e = 0; e < keys.length; e++) {
    const next = (keys[e] as number) + 1;
    starts[next] = (starts[next] as number) + 1;
  }
  for (let k = 0; k < keyCount; k++) starts[k + 1] = (starts[k + 1] as number) + (starts[k] as number);
  return starts;
}

/** Positions in ascending order of key; positions of equal keys stay in the order of `before`. */
function stableOrder(keys: ArrayLike<number>, keyCount: number, before?: Int32Array): Int32Array {
  const next = runStarts(keys, keyCount);
  const order = new Int32Array(keys.length);
  for (let p = 0; p < keys.length; p++) {
    const e = before ? (before[p] as number) : p;
    const key = keys[e] as number;
    const at = next[key] as number;
    order[at] = e;
    next[key] = at + 1;
  }
  return order;
}

function mergeDuplicates(triplets: Triplets, order: Int32Array): CsrParts {
  const { rowCount, columnCount } = triplets;
  const offsets = new Int32Array(rowCount + 1);
  const columns = new Int32Array(order.length);
  const values = new Float64Array(order.length);
  let count = 0;
  let lastRow = -1;
  for (const e of order) {
    const row = triplets.rows[e] as number;
    const column = triplets.columns[e] as number;
    const value = triplets.values[e] as number;
    if (row === lastRow && columns[count - 1] === column) {
      values[count - 1] = (values[count - 1] as number) + value;
    } else {
      columns[count] = column;
      values[count] = value;
      count++;
      lastRow = row;
    }
    offsets[row + 1] = count;
  }
  for (let r = 0; r < rowCount; r++) offsets[r + 1] = Math.max(offsets[r + 1] as number, offsets[r] as number);
  return { rowCount, columnCount, offsets, columns: columns.slice(0, count), values: values.slice(0, count) };
}
