import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_TERM_WEIGHTING, TERM_WEIGHTINGS, TermWeigher } from '../../../../src/math/weighting/index.ts';
import { anyRows, matrixOf, toRows } from '../../../support/sparse-matrices.ts';

// Two documents that are not empty, of the lengths 5 and 1: 3 on average.
const documents = matrixOf([
  [4, 1, 0],
  [0, 0, 0],
  [0, 1, 0],
]);
const idf = [Math.log(1 + 2 / 2), Math.log(1 + 2 / 3)] as const;
const by = (weighting: (typeof TERM_WEIGHTINGS)[number]) =>
  new TermWeigher(documents, { ...DEFAULT_TERM_WEIGHTING, weighting });

describe('the weights of terms', () => {
  it('are the values where nothing is weighed', () => {
    expect(by('none').weighted).toBe(documents);
  });

  it('are roots times the inverse frequency by tf-idf', () => {
    expect(toRows(by('tf-idf').weighted)).toEqual([
      [close(2 * idf[0]), close(idf[1]), 0],
      [0, 0, 0],
      [0, close(idf[1]), 0],
    ]);
  });

  it('saturate by bm25, the later the longer the document', () => {
    const long = 1.2 * (0.25 + (0.75 * 5) / 3);
    const short = 1.2 * (0.25 + 0.75 / 3);
    expect(toRows(by('bm25').weighted)).toEqual([
      [close(((4 * 2.2) / (long + 4)) * idf[0]), close((2.2 / (long + 1)) * idf[1]), 0],
      [0, 0, 0],
      [0, close((2.2 / (short + 1)) * idf[1]), 0],
    ]);
  });

  it('keep the sign of what speaks against', () => {
    expect([...by('tf-idf').weighDocument({ indices: [0], values: [-9] })]).toEqual([close(-3 * idf[0])]);
    expect([...by('bm25').weighDocument({ indices: [0], values: [-3] })]).toEqual([
      close(((-3 * 2.2) / (1.2 + 3)) * idf[0]),
    ]);
  });

  it('of a document of its own are those that it has in the matrix', () => {
    fc.assert(
      fc.property(anyRows({ min: 1, minRows: 1 }), fc.constantFrom(...TERM_WEIGHTINGS), (rows, weighting) => {
        const matrix = matrixOf(rows);
        const weigher = new TermWeigher(matrix, { ...DEFAULT_TERM_WEIGHTING, weighting });
        rows.forEach((_, row) => {
          expect(weigher.weighDocument(matrix.row(row))).toEqual(weigher.weighted.row(row).values);
        });
      }),
    );
  });

  it('of a term by itself are damped by the documents, without a frequency', () => {
    const short = 1.2 * (0.25 + 0.75 / 3);
    expect([...by('bm25').weighTerm({ indices: [2], values: [1] })]).toEqual([close(2.2 / (short + 1))]);
    expect([...by('tf-idf').weighTerm({ indices: [2, 0], values: [4, 1] })]).toEqual([2, 1]);
    expect([...by('none').weighTerm({ indices: [2], values: [4] })]).toEqual([4]);
  });

  it('are refused out of bounds', () => {
    expect(() => new TermWeigher(documents, { ...DEFAULT_TERM_WEIGHTING, bm25K1: -1 })).toThrow('bm25K1');
    expect(() => new TermWeigher(documents, { ...DEFAULT_TERM_WEIGHTING, bm25B: 1.5 })).toThrow('bm25B');
    expect(() => new TermWeigher(matrixOf([[1e308, 1e308]]), DEFAULT_TERM_WEIGHTING)).toThrow(RangeError);
  });
});

function close(value: number): unknown {
  return expect.closeTo(value, 14);
}
