import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsrMatrix } from '../../../../src/math/sparse/index.ts';
import { anyRows, matrixOf, toRows } from '../../../support/sparse-matrices.ts';

const triplets = {
  rowCount: 3,
  columnCount: 4,
  rows: [2, 0, 2, 0, 2],
  columns: [3, 1, 0, 0, 3],
  values: [0.5, 2, 7, 1, 0.25],
};

describe('a sparse matrix from triplets', () => {
  it('lies in compressed rows with ascending columns, and entries of one place are summed', () => {
    const matrix = CsrMatrix.fromTriplets(triplets);
    expect([...matrix.offsets]).toEqual([0, 2, 2, 4]);
    expect([...matrix.columns]).toEqual([0, 1, 0, 3]);
    expect([...matrix.values]).toEqual([1, 2, 7, 0.75]);
    expect(matrix.entryCount).toBe(4);
  });

  it('gives a row by its index, also an empty one', () => {
    const matrix = CsrMatrix.fromTriplets(triplets);
    expect([...matrix.row(2).indices]).toEqual([0, 3]);
    expect([...matrix.row(2).values]).toEqual([7, 0.75]);
    expect(matrix.row(1).indices).toHaveLength(0);
    expect(() => matrix.row(3)).toThrow(RangeError);
  });

  it('sums its columns', () => {
    expect([...CsrMatrix.fromTriplets(triplets).columnSums()]).toEqual([8, 2, 0, 0.75]);
  });

  it('keeps an entry whose sum is zero, since somebody did interact', () => {
    const parts = { rowCount: 1, columnCount: 1, rows: [0, 0], columns: [0, 0], values: [1, -1] };
    expect([...CsrMatrix.fromTriplets(parts).row(0).values]).toEqual([0]);
  });

  it('may have no rows, no columns or no entries', () => {
    const empty = { rows: [], columns: [], values: [] };
    expect(CsrMatrix.fromTriplets({ rowCount: 0, columnCount: 5, ...empty }).transpose().rowCount).toBe(5);
    expect(CsrMatrix.fromTriplets({ rowCount: 5, columnCount: 0, ...empty }).entryCount).toBe(0);
  });

  it.each([
    ['a row beyond the shape', { rows: [3] }],
    ['a negative column', { columns: [-1] }],
    ['a column between two', { columns: [0.5] }],
    ['a value that is no number', { values: [Number.NaN] }],
    ['an infinite value', { values: [Number.POSITIVE_INFINITY] }],
    ['lists of different lengths', { values: [1, 2] }],
    ['a negative shape', { rowCount: -1 }],
  ])('refuses %s', (_, fault) => {
    const good = { rowCount: 3, columnCount: 3, rows: [0], columns: [0], values: [1] };
    expect(() => CsrMatrix.fromTriplets({ ...good, ...fault })).toThrow(RangeError);
  });

  it('refuses values that are finite and whose sum is not', () => {
    const parts = { rowCount: 1, columnCount: 1, rows: [0, 0], columns: [0, 0], values: [1e308, 1e308] };
    expect(() => CsrMatrix.fromTriplets(parts)).toThrow(RangeError);
  });

  it('holds the dense matrix that it was made from, whatever the order of the entries', () => {
    fc.assert(
      fc.property(anyRows({ min: -9 }), fc.integer(), (rows, seed) => {
        const matrix = matrixOf(rows);
        expect(toRows(matrix)).toEqual(rows);
        const entries = toEntries(matrix).sort((a, b) => shuffleKey(a, seed) - shuffleKey(b, seed));
        const again = CsrMatrix.fromTriplets({
          rowCount: matrix.rowCount,
          columnCount: matrix.columnCount,
          rows: entries.map((e) => e.row),
          columns: entries.map((e) => e.column),
          values: entries.map((e) => e.value),
        });
        expect(toRows(again)).toEqual(rows);
      }),
    );
  });

  it('is exchanged by transposition, and itself again after two', () => {
    fc.assert(
      fc.property(anyRows({ min: -9, minRows: 1 }), (rows) => {
        const matrix = matrixOf(rows);
        const columns = (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? 0));
        expect(toRows(matrix.transpose())).toEqual(columns);
        const copy = CsrMatrix.fromParts(matrix.transpose());
        expect(toRows(copy.transpose())).toEqual(rows);
      }),
    );
  });
});

describe('a sparse matrix from its parts', () => {
  const good = {
    rowCount: 2,
    columnCount: 3,
    offsets: Int32Array.of(0, 2, 3),
    columns: Int32Array.of(0, 2, 1),
    values: Float64Array.of(1, 2, 3),
  };

  it('takes over the arrays without a copy', () => {
    const matrix = CsrMatrix.fromParts(good);
    expect(matrix.values).toBe(good.values);
    expect(toRows(matrix)).toEqual([
      [1, 0, 2],
      [0, 3, 0],
    ]);
  });

  it.each([
    ['offsets that do not start at 0', { offsets: Int32Array.of(1, 2, 3) }],
    ['too few offsets', { offsets: Int32Array.of(0, 3) }],
    ['offsets that fall', { offsets: Int32Array.of(0, 4, 3) }],
    ['a last offset that is not the number of entries', { offsets: Int32Array.of(0, 1, 2) }],
    ['columns that do not ascend', { columns: Int32Array.of(2, 0, 1) }],
    ['a column given twice', { columns: Int32Array.of(0, 0, 1) }],
    ['a column beyond the shape', { columns: Int32Array.of(0, 3, 1) }],
    ['a value that is not finite', { values: Float64Array.of(1, Number.NaN, 3) }],
  ])('refuses %s', (_, fault) => {
    expect(() => CsrMatrix.fromParts({ ...good, ...fault })).toThrow(RangeError);
  });
});

interface Entry {
  readonly row: number;
  readonly column: number;
  readonly value: number;
}

function toEntries(matrix: CsrMatrix): Entry[] {
  return toRows(matrix).flatMap((values, row) =>
    values.flatMap((value, column) => (value === 0 ? [] : [{ row, column, value }])),
  );
}

function shuffleKey({ row, column }: Entry, seed: number): number {
  return Math.imul(row * 31 + column + 1, seed | 1);
}
