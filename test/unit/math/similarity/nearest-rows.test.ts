import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cosineSimilarity, nearestRows, neighboursOf } from '../../../../src/math/similarity/index.ts';
import { anyRows, matrixOf } from '../../../support/sparse-matrices.ts';

it('finds hand-computed cosines, best first, and of equal ones the first', () => {
  const matrix = matrixOf([
    [3, 4],
    [0, 2],
    [0, 0],
    [0, 1],
  ]);
  const { indices, similarities } = neighboursOf(nearestRows(matrix, matrixOf([[0, 5]]), 3), 0);
  expect(Array.from(indices)).toEqual([1, 3, 0]);
  expect(Array.from(similarities)).toEqual([1, 1, 0.8]);
});

it('agrees with the cosines of the rows among themselves, themselves left out', () => {
  fc.assert(
    fc.property(anyRows({ min: -9, minRows: 1 }), (rows) => {
      const matrix = matrixOf(rows);
      const block = { from: 0, to: rows.length };
      const among = cosineSimilarity({ shrink: 0, neighbourCount: 100 }).similarRows(matrix, block);
      const nearest = nearestRows(matrix, matrix, 100);
      for (let row = 0; row < rows.length; row++) {
        const { indices, similarities } = neighboursOf(nearest, row);
        const others = Array.from(indices, (index, at) => [index, similarities[at]]).filter(([index]) => index !== row);
        const expected = neighboursOf(among, row);
        expect(others).toEqual(Array.from(expected.indices, (index, at) => [index, expected.similarities[at]]));
      }
    }),
  );
});

it('takes queries of the same columns alone', () => {
  expect(() => nearestRows(matrixOf([[1, 2]]), matrixOf([[1]]), 3)).toThrow(RangeError);
});
