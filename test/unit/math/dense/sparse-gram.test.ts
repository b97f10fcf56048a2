import fc from 'fast-check';
import { Matrix } from 'ml-matrix';
import { expect, it } from 'vitest';
import { gramLowerTriangle } from '../../../../src/math/dense/index.ts';
import { anyRows, matrixOf } from '../../../support/sparse-matrices.ts';

it('the Gram matrix of sparse rows is that of the dense ones, below the diagonal', () => {
  fc.assert(
    fc.property(anyRows({ min: -9, minRows: 1 }), (rows) => {
      const dense = new Matrix(rows.map((row) => [...row]));
      const expected = dense.transpose().mmul(dense);
      const size = dense.columns;
      const gram = gramLowerTriangle(matrixOf(rows));
      gram.forEach((value, p) => {
        const [i, j] = [Math.floor(p / size), p % size];
        expect(value).toBe(j > i ? 0 : expected.get(i, j) + 0);
      });
    }),
  );
});
