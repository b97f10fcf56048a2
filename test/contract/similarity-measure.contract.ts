import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  joinNeighbourLists,
  type NeighbourLists,
  neighboursOf,
  type SimilarityMeasure,
} from '../../src/math/similarity/index.ts';
import { anyRows, matrixOf } from '../support/sparse-matrices.ts';

/** Rows that are compared, and the neighbours of each: pairs of row and similarity, best first. */
export interface SimilarityFixture {
  readonly title: string;
  readonly rows: readonly (readonly number[])[];
  readonly expected: readonly (readonly (readonly [number, number])[])[];
}

const RUNS = 300;

export interface SimilarityTraits {
  /** Least weight that the measure takes. */
  readonly least: number;
  /** Whether it is the same in both directions. */
  readonly symmetric: boolean;
}

/**
 * What every similarity measure must keep; each member of the family runs it.
 */
export function describeSimilarityMeasure(
  name: string,
  { make, least, symmetric }: SimilarityTraits & { make(neighbourCount: number): SimilarityMeasure },
  fixtures: readonly SimilarityFixture[],
): void {
  const all = (rows: number[][], neighbourCount = 100) =>
    make(neighbourCount).similarRows(matrixOf(rows), { from: 0, to: rows.length });

  describe(`${name} as a similarity measure`, () => {
    it.each(fixtures)('compares $title as computed by hand', ({ rows, expected }) => {
      const lists = make(100).similarRows(matrixOf(rows), { from: 0, to: rows.length });
      expected.forEach((pairs, row) => {
        const { indices, similarities } = neighboursOf(lists, row);
        expect([...indices]).toEqual(pairs.map(([neighbour]) => neighbour));
        pairs.forEach(([, similarity], p) => {
          expect(similarities[p]).toBeCloseTo(similarity, 14);
        });
      });
    });

    it('gives the same lists to the bit however the rows are cut into blocks', () => {
      fc.assert(
        fc.property(
          anyRows({ min: least }),
          fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 4 }),
          (rows, cuts) => {
            const ends = [...cuts.map((cut) => Math.min(cut, rows.length)), rows.length].sort((a, b) => a - b);
            const matrix = matrixOf(rows);
            const blocks = ends.map((to, b) => make(3).similarRows(matrix, { from: ends[b - 1] ?? 0, to }));
            expect(joinNeighbourLists(blocks.toReversed())).toEqual(all(rows, 3));
          },
        ),
        { numRuns: RUNS },
      );
    });

    it('makes no row its own neighbour', () => {
      fc.assert(
        fc.property(anyRows({ min: least }), (rows) => {
          for (const pair of toTable(all(rows)).keys()) {
            const [row, neighbour] = pair.split(' ');
            expect(row).not.toBe(neighbour);
          }
        }),
        { numRuns: RUNS },
      );
    });

    if (symmetric) {
      it('is symmetric to the bit', () => {
        fc.assert(
          fc.property(anyRows({ min: least }), (rows) => {
            const similarities = toTable(all(rows));
            for (const [pair, similarity] of similarities) {
              const [row, neighbour] = pair.split(' ');
              expect(similarities.get(`${neighbour} ${row}`)).toBe(similarity);
            }
          }),
          { numRuns: RUNS },
        );
      });
    }

    it('lists positive similarities of at most 1, best first, equal ones by index', () => {
      fc.assert(
        fc.property(anyRows({ min: least }), (rows) => {
          const lists = all(rows);
          rows.forEach((_, row) => {
            const { indices, similarities } = neighboursOf(lists, row);
            similarities.forEach((similarity, p) => {
              expect(similarity > 0 && similarity <= 1).toBe(true);
              const before = similarities[p - 1] ?? 2;
              const inOrder =
                before > similarity || (before === similarity && (indices[p - 1] ?? -1) < (indices[p] ?? -1));
              expect(inOrder).toBe(true);
            });
          });
        }),
        { numRuns: RUNS },
      );
    });

    it('keeps the head of the complete list when there is less room', () => {
      fc.assert(
        fc.property(anyRows({ min: 1 }), fc.integer({ min: 1, max: 4 }), (rows, neighbourCount) => {
          const [complete, short] = [all(rows), all(rows, neighbourCount)];
          rows.forEach((_, row) => {
            const { indices } = neighboursOf(complete, row);
            expect([...neighboursOf(short, row).indices]).toEqual([...indices.slice(0, neighbourCount)]);
          });
        }),
        { numRuns: RUNS },
      );
    });

    it('does not depend on the order of the columns', () => {
      fc.assert(
        fc.property(anyRows({ min: 1 }), (rows) => {
          const reversed = rows.map((row) => row.toReversed());
          const expected = toTable(all(rows));
          const actual = toTable(all(reversed));
          expect([...actual.keys()].sort()).toEqual([...expected.keys()].sort());
          for (const [pair, similarity] of actual) expect(similarity).toBeCloseTo(expected.get(pair) ?? 0, 14);
        }),
        { numRuns: RUNS },
      );
    });

    it('refuses a block outside the rows', () => {
      const matrix = matrixOf([[1], [1]]);
      expect(() => make(1).similarRows(matrix, { from: 0, to: 3 })).toThrow(RangeError);
      expect(() => make(1).similarRows(matrix, { from: -1, to: 1 })).toThrow(RangeError);
      expect(() => make(1).similarRows(matrix, { from: 2, to: 1 })).toThrow(RangeError);
    });
  });
}

function toTable(lists: NeighbourLists): Map<string, number> {
  const table = new Map<string, number>();
  for (let row = lists.from; row < lists.to; row++) {
    const { indices, similarities } = neighboursOf(lists, row);
    indices.forEach((neighbour, p) => {
      table.set(`${row} ${neighbour}`, similarities[p] ?? 0);
    });
  }
  return table;
}
