import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CsrMatrix } from '../../../../src/math/sparse/index.ts';
import {
  drawNegatives,
  holdOutItems,
  holdOutOne,
  holdOutShare,
  type Split,
} from '../../../../src/math/splits/index.ts';
import { anyRows, matrixOf } from '../../../support/sparse-matrices.ts';

const rowLengths = (matrix: CsrMatrix) =>
  Array.from({ length: matrix.rowCount }, (_, row) => matrix.row(row).indices.length);
const places = (matrix: CsrMatrix) =>
  Array.from({ length: matrix.rowCount }, (_, row) => [...matrix.row(row).indices].map((column) => `${row}:${column}`));

const full = matrixOf([Array(10).fill(1), [1, 1, 0, 0, 0, 0, 0, 0, 0, 0], [1, ...Array(9).fill(0)], Array(10).fill(0)]);

describe('entries held out', () => {
  it('are the share of each user, rounded, and never all', () => {
    expect(rowLengths(holdOutShare(full, { share: 0.2, seed: 1 }).held)).toEqual([2, 0, 0, 0]);
    expect(rowLengths(holdOutShare(full, { share: 0.99, seed: 1 }).held)).toEqual([9, 1, 0, 0]);
    expect(rowLengths(holdOutOne(full, { seed: 1 }).held)).toEqual([1, 1, 0, 0]);
  });

  it('are all entries of whole items when items are held out', () => {
    const { train, held } = holdOutItems(full, { share: 0.2, seed: 1 });
    const heldItems = new Set(held.columns);
    expect(heldItems.size).toBe(2);
    expect([...train.columns].some((item) => heldItems.has(item))).toBe(false);
  });

  it('make the whole together with what is kept, the same under the same seed', () => {
    fc.assert(
      fc.property(anyRows({ min: 1, minRows: 1 }), fc.integer(), (rows, seed) => {
        const matrix = matrixOf(rows);
        const splits: ((m: CsrMatrix) => Split)[] = [
          (m) => holdOutShare(m, { share: 0.3, seed }),
          (m) => holdOutOne(m, { seed }),
        ];
        for (const split of splits) {
          const { train, held } = split(matrix);
          const joined = places(train).map((row, r) => [...row, ...(places(held)[r] ?? [])].sort());
          expect(joined).toEqual(places(matrix).map((row) => row.toSorted()));
          expect(places(split(matrix).held)).toEqual(places(held));
        }
      }),
    );
  });

  it('differ from user to user and from seed to seed, each place as likely as any other', () => {
    const many = matrixOf(Array.from({ length: 1_000 }, () => [1, 1, 1, 1]));
    const { held } = holdOutOne(many, { seed: 1 });
    for (const sum of held.columnSums()) expect(Math.abs(sum - 250)).toBeLessThan(55);
    expect(places(holdOutOne(many, { seed: 2 }).held)).not.toEqual(places(held));
  });

  it.each([0, 1, Number.NaN])('are no share of %s', (share) => {
    expect(() => holdOutShare(full, { share, seed: 1 })).toThrow(RangeError);
    expect(() => holdOutItems(full, { share, seed: 1 })).toThrow(RangeError);
  });
});

describe('random negatives', () => {
  it('are distinct items that the user never touched', () => {
    const [first, second] = drawNegatives(full, { users: [1, 2], count: 8, seed: 1 });
    expect([...(first ?? [])].sort()).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    expect(new Set(second).size).toBe(8);
    expect(second).not.toContain(0);
    expect(drawNegatives(full, { users: [1, 2], count: 8, seed: 1 })).toEqual([first, second]);
  });

  it('cannot be more than there are', () => {
    expect(() => drawNegatives(full, { users: [1], count: 9, seed: 1 })).toThrow('8 untouched items');
  });
});
