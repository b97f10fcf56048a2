import { assertFinite, assertIndices, assertInput, assertWhole } from '../assert.ts';

export interface MatrixShape {
  readonly rowCount: number;
  readonly columnCount: number;
}

/** Entries in any order; `values[e]` belongs to row `rows[e]` and column `columns[e]`. */
export interface Triplets extends MatrixShape {
  readonly rows: ArrayLike<number>;
  readonly columns: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** Compressed rows: row r holds the entries `offsets[r]` to `offsets[r + 1] - 1`; its columns ascend strictly. */
export interface CsrParts extends MatrixShape {
  readonly offsets: Int32Array;
  readonly columns: Int32Array;
  readonly values: Float64Array;
}

/** Indices and offsets are 32-bit integers. */
const MAX_INDEX = 2 ** 31 - 1;

/** @throws RangeError for an index outside the shape, a value that is not finite, or lists of different lengths. */
export function checkTriplets({ rowCount, columnCount, rows, columns, values }: Triplets): void {
  checkShape({ rowCount, columnCount });
  const sameLength = rows.length === columns.length && rows.length === values.length;
  assertInput(sameLength, 'rows, columns and values must have the same length');
  assertWhole('the number of entries', rows.length, { min: 0, max: MAX_INDEX });
  assertIndices('row', rows, rowCount);
  assertIndices('column', columns, columnCount);
  assertFinite('value', values);
}

/** @throws RangeError when the arrays are not compressed rows of the shape, or a value is not finite. */
export function checkParts({ rowCount, columnCount, offsets, columns, values }: CsrParts): void {
  checkShape({ rowCount, columnCount });
  assertInput(columns.length === values.length, 'columns and values must have the same length');
  assertInput(offsets.length === rowCount + 1 && offsets[0] === 0, 'there must be one offset more than rows, from 0');
  assertInput(offsets[rowCount] === columns.length, 'the last offset must be the number of entries');
  assertIndices('column', columns, columnCount);
  assertFinite('value', values);
  for (let r = 0; r < rowCount; r++) checkRowOrder({ offsets, columns }, r);
}

function checkShape(shape: MatrixShape): void {
  assertWhole('rowCount', shape.rowCount, { min: 0, max: MAX_INDEX });
  assertWhole('columnCount', shape.columnCount, { min: 0, max: MAX_INDEX });
}

function checkRowOrder({ offsets, columns }: Pick<CsrParts, 'offsets' | 'columns'>, row: number): void {
  const from = offsets[row] as number;
  const to = offsets[row + 1] as number;
  if (to < from) throw new RangeError(`offset ${row + 1} must not be below the one before it`);
  for (let e = from + 1; e < to; e++) {
    if ((columns[e] as number) <= (columns[e - 1] as number)) {
      throw new RangeError(`the columns of row ${row} must ascend strictly`);
    }
  }
}
