import fc from 'fast-check';
import { CsrMatrix } from '../../src/math/sparse/index.ts';

/** The matrix with these rows; zeros are not stored. */
export function matrixOf(rows: readonly (readonly number[])[]): CsrMatrix {
  const columnCount = rows[0]?.length ?? 0;
  const entries = rows.flatMap((values, row) =>
    values.flatMap((value, column) => (value === 0 ? [] : [{ row, column, value }])),
  );
  return CsrMatrix.fromTriplets({
    rowCount: rows.length,
    columnCount,
    rows: entries.map((e) => e.row),
    columns: entries.map((e) => e.column),
    values: entries.map((e) => e.value),
  });
}

/** All places of the matrix, those not stored as zeros. */
export function toRows(matrix: CsrMatrix): number[][] {
  return Array.from({ length: matrix.rowCount }, (_, r) => {
    const row = new Array<number>(matrix.columnCount).fill(0);
    const { indices, values } = matrix.row(r);
    indices.forEach((column, e) => {
      row[column] = values[e] ?? 0;
    });
    return row;
  });
}

/** Small matrices as rows; about half of the places are zero, the rest small whole numbers. */
export function anyRows(bounds: { min: number; minRows?: number }): fc.Arbitrary<number[][]> {
  const value = fc.oneof(fc.constant(0), fc.integer({ min: bounds.min, max: 9 }));
  return fc
    .tuple(fc.integer({ min: bounds.minRows ?? 0, max: 9 }), fc.integer({ min: 1, max: 8 }))
    .chain(([rowCount, columnCount]) =>
      fc.array(fc.array(value, { minLength: columnCount, maxLength: columnCount }), {
        minLength: rowCount,
        maxLength: rowCount,
      }),
    );
}
