import { expect, it } from 'vitest';
import { keepStrongest } from '../../../../src/math/similarity/index.ts';
import { matrixOf, toRows } from '../../../support/sparse-matrices.ts';

it('keeps the largest entries of each row, of equal ones those further left', () => {
  const matrix = matrixOf([
    [3, 1, 3, 3],
    [0, -2, 0, -1],
    [0, 0, 0, 0],
    [1, 2, 3, 4],
  ]);
  expect(toRows(keepStrongest(matrix, 2))).toEqual([
    [3, 0, 3, 0],
    [0, -2, 0, -1],
    [0, 0, 0, 0],
    [0, 0, 3, 4],
  ]);
});
