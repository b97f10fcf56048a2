import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cosineSimilarity,
  joinNeighbourLists,
  type NeighbourLists,
  renewLists,
} from '../../../../src/math/similarity/index.ts';
import { matrixOf } from '../../../support/sparse-matrices.ts';

const COLUMNS = 6;

/** Rows of an earlier matrix, each with what becomes of it: kept, gone, or other values; and new ones between. */
const histories = fc.array(
  fc.record({
    before: fc.option(row(), { nil: null }),
    now: fc.oneof(fc.constant('same' as const), fc.constant('gone' as const), row()),
  }),
  { minLength: 1, maxLength: 24 },
);

function row(): fc.Arbitrary<number[]> {
  const value = fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    fc.constant(1),
    fc.double({ min: 0.1, max: 9, noNaN: true }),
  );
  return fc.array(value, { minLength: COLUMNS, maxLength: COLUMNS });
}

interface Change {
  readonly before: readonly (readonly number[])[];
  readonly now: readonly (readonly number[])[];
  readonly isChanged: Uint8Array;
  /** For each row of before, its number now; -1 when it is gone. */
  readonly numbers: readonly number[];
  /** For each row of now, its number before; -1 when it is new. */
  readonly earlier: readonly number[];
}

function changeOf(history: readonly { before: number[] | null; now: 'same' | 'gone' | number[] }[]): Change {
  const before: number[][] = [];
  const now: number[][] = [];
  const marks: number[] = [];
  const numbers: number[] = [];
  const earlier: number[] = [];
  for (const one of history) {
    const after = one.now === 'same' ? one.before : one.now === 'gone' ? null : one.now;
    if (one.before) {
      before.push(one.before);
      numbers.push(after ? now.length : -1);
    }
    if (!after) continue;
    now.push(after);
    earlier.push(one.before ? before.length - 1 : -1);
    marks.push(one.before?.every((value, at) => value === after[at]) ? 0 : 1);
  }
  return { before, now, isChanged: Uint8Array.from(marks), numbers, earlier };
}

/** The lists of before for rows `from` to `to - 1` of now, in numbers of now. */
function renumbered(
  lists: NeighbourLists,
  { numbers, earlier }: Change,
  block: { from: number; to: number },
): NeighbourLists {
  const offsets = [0];
  const neighbours: number[] = [];
  const similarities: number[] = [];
  for (let at = block.from; at < block.to; at++) {
    const then = earlier[at] ?? -1;
    const [start, end] = then < 0 ? [0, 0] : [lists.offsets[then] ?? 0, lists.offsets[then + 1] ?? 0];
    neighbours.push(...Array.from(lists.neighbours.subarray(start, end), (other) => numbers[other] ?? -1));
    similarities.push(...lists.similarities.subarray(start, end));
    offsets.push(neighbours.length);
  }
  return {
    ...block,
    offsets: Int32Array.from(offsets),
    neighbours: Int32Array.from(neighbours),
    similarities: Float64Array.from(similarities),
  };
}

describe('lists that are renewed by what changed', () => {
  it('are those of all rows compared with all others, to the bit, however the rows are cut', () => {
    fc.assert(
      fc.property(
        histories,
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom(0, 0.5, 5),
        fc.nat(),
        (history, neighbourCount, shrink, cutAt) => {
          const change = changeOf(history);
          fc.pre(change.now.length > 0 && change.before.length > 0);
          const options = { shrink, neighbourCount };
          const measure = cosineSimilarity(options);
          const matrix = matrixOf(change.now);
          const then = measure.similarRows(matrixOf(change.before), { from: 0, to: change.before.length });
          const cut = cutAt % (matrix.rowCount + 1);
          const blocks = [
            { from: 0, to: cut },
            { from: cut, to: matrix.rowCount },
          ];
          const renewed = blocks.map((block) =>
            renewLists(matrix, block, {
              lists: renumbered(then, change, block),
              isChanged: change.isChanged,
              ...options,
            }),
          );
          const expected = measure.similarRows(matrix, { from: 0, to: matrix.rowCount });
          expect(joinNeighbourLists(renewed.map(({ lists }) => lists))).toEqual(expected);
          const recomputed = renewed.reduce((sum, { recomputedCount }) => sum + recomputedCount, 0);
          expect(recomputed).toBeGreaterThanOrEqual(change.isChanged.reduce((sum, mark) => sum + mark, 0));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('compare nothing where nothing changed', () => {
    const rows = [
      [1, 2, 0],
      [0, 1, 1],
      [3, 0, 1],
    ];
    const matrix = matrixOf(rows);
    const block = { from: 0, to: 3 };
    const lists = cosineSimilarity({ neighbourCount: 1 }).similarRows(matrix, block);
    const renewed = renewLists(matrix, block, { lists, isChanged: new Uint8Array(3), neighbourCount: 1 });
    expect(renewed).toEqual({ lists, recomputedCount: 0 });
  });

  it('must be of the block', () => {
    const matrix = matrixOf([[1], [1]]);
    const lists = cosineSimilarity().similarRows(matrix, { from: 0, to: 1 });
    expect(() => renewLists(matrix, { from: 0, to: 2 }, { lists, isChanged: new Uint8Array(2) })).toThrow(RangeError);
    expect(() => renewLists(matrix, { from: 0, to: 1 }, { lists, isChanged: new Uint8Array(1) })).toThrow(RangeError);
  });
});
