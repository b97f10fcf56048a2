import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RowProducts } from '../../../../src/math/similarity/row-products.ts';
import { CsrMatrix } from '../../../../src/math/sparse/index.ts';
import { anyRows, matrixOf } from '../../../support/sparse-matrices.ts';

describe('the product of two sparse matrices, row by row', () => {
  it('is that of the dense matrices', () => {
    fc.assert(
      fc.property(anyRows({ min: -9, minRows: 1 }), (rows) => {
        const expected = rows.map((a) => rows.map((b) => a.reduce((sum, value, c) => sum + value * (b[c] ?? 0), 0)));
        expect(denseProduct(matrixOf(rows))).toEqual(expected);
      }),
    );
  });

  it('is the same to the bit where all are ones, though no value is read', () => {
    fc.assert(
      fc.property(anyRows({ min: 1, minRows: 1 }), (rows) => {
        const ones = matrixOf(rows.map((row) => row.map((value) => Math.min(1, value))));
        expect(ones.isBinary).toBe(true);
        const twos = CsrMatrix.fromParts({ ...ones, values: new Float64Array(ones.entryCount).fill(2) });
        expect(twos.isBinary && twos.entryCount > 0).toBe(false);
        expect(denseProduct(twos)).toEqual(denseProduct(ones).map((row) => row.map((value) => 4 * value)));
      }),
    );
  });

  it('needs a column of the left one for each row of the right one', () => {
    const matrix = matrixOf([[1, 1]]);
    expect(() => new RowProducts(matrix, matrix)).toThrow(RangeError);
  });
});

function denseProduct(matrix: CsrMatrix): number[][] {
  const products = new RowProducts(matrix, matrix.transpose());
  return Array.from({ length: matrix.rowCount }, (_, row) => {
    products.compute(row);
    const dense = new Array<number>(matrix.rowCount).fill(0);
    for (let p = 0; p < products.count; p++) dense[products.columns[p] ?? -1] = products.values[p] ?? Number.NaN;
    return dense;
  });
}
