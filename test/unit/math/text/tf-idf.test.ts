import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitTfIdf, joinFields } from '../../../../src/math/text/index.ts';
import { toRows } from '../../../support/sparse-matrices.ts';

const every = { minDocumentCount: 1, maxDocumentShare: 1 };

describe('TF-IDF', () => {
  it('weighs terms as computed by hand', () => {
    const documents = [['a', 'a', 'b'], ['b', 'c'], ['b']];
    const model = fitTfIdf(documents, every);
    expect(model.terms).toEqual(['a', 'b', 'c']);
    // idf(a) = idf(c) = ln(4 / 2) + 1, idf(b) = ln(4 / 4) + 1.
    const rare = Math.LN2 + 1;
    expect([...model.idf]).toEqual([rare, 1, rare]);
    // The first row is ((1 + ln 2) idf(a), idf(b), 0), at length 1.
    const first = [rare * rare, 1, 0];
    const norm = Math.sqrt(rare ** 4 + 1);
    const rows = toRows(model.transform(documents));
    first.forEach((value, column) => {
      expect(rows[0]?.[column]).toBeCloseTo(value / norm, 12);
    });
    expect(rows[1]?.[2]).toBeCloseTo(rare / Math.hypot(1, rare), 12);
    expect(rows[2]).toEqual([0, 1, 0]);
  });

  it('counts the n-th occurrence as the first unless it is told otherwise', () => {
    const documents = [['a', 'a', 'a', 'b'], ['b']];
    const [row] = toRows(fitTfIdf(documents, { ...every, sublinear: false }).transform(documents));
    const idf = Math.log(3 / 2) + 1;
    expect((row?.[0] ?? 0) / (row?.[1] ?? 1)).toBeCloseTo(3 * idf, 12);
  });

  it('leaves out terms of too few documents and of too many', () => {
    const documents = [['all', 'two', 'one'], ['all', 'two'], ['all'], ['all']];
    expect(fitTfIdf(documents).terms).toEqual(['two']);
    expect(fitTfIdf(documents, { minDocumentCount: 1, maxDocumentShare: 1 }).terms).toEqual(['all', 'one', 'two']);
  });

  it('reads documents that it was not learnt from, and skips what it does not know', () => {
    const model = fitTfIdf([['a'], ['a', 'b']], every);
    expect(toRows(model.transform([['new', 'b'], ['new'], []]))).toEqual([
      [0, 1],
      [0, 0],
      [0, 0],
    ]);
  });

  it('gives a term of every document the weight 1, and others more', () => {
    fc.assert(
      fc.property(someDocuments, (documents) => {
        const model = fitTfIdf(documents, every);
        model.terms.forEach((term, column) => {
          const isInAll = documents.every((document) => document.some((one) => one === term));
          if (isInAll) expect(model.idf[column]).toBe(1);
          else expect(model.idf[column]).toBeGreaterThan(1);
        });
      }),
    );
  });

  it('gives cosines between 0 and 1, and 1 for the same text', () => {
    fc.assert(
      fc.property(someDocuments, (documents) => {
        const rows = toRows(fitTfIdf(documents, every).transform(documents));
        rows.forEach((row, at) => {
          for (const other of rows) {
            const cosine = row.reduce((sum, value, column) => sum + value * (other[column] ?? 0), 0);
            expect(cosine).toBeGreaterThanOrEqual(0);
            expect(cosine).toBeLessThanOrEqual(1 + 1e-12);
          }
          const length = row.reduce((sum, value) => sum + value * value, 0);
          expect(length).toBeCloseTo(documents[at]?.length === 0 ? 0 : 1, 12);
        });
      }),
    );
  });

  it.each([{ minDocumentCount: 0 }, { maxDocumentShare: 0 }, { maxDocumentShare: 1.1 }, { minDocumentCount: 1.5 }])(
    'refuses %o',
    (options) => {
      expect(() => fitTfIdf([['a']], options)).toThrow(RangeError);
    },
  );
});

describe('fields side by side', () => {
  it('make the dot product of two documents the weighted sum of the cosines of the fields', () => {
    const titles = [['a', 'b'], ['a'], []];
    const authors = [['a'], ['b'], ['b']];
    const matrix = joinFields([
      { matrix: fitTfIdf(titles, every).transform(titles), weight: 4 },
      { matrix: fitTfIdf(authors, every).transform(authors), weight: 0.25 },
    ]);
    const rows = toRows(matrix);
    const idfs = { a: Math.log(4 / 3) + 1, b: Math.log(4 / 2) + 1 };
    expect(dot(rows[0], rows[1])).toBeCloseTo((4 * idfs.a) / Math.hypot(idfs.a, idfs.b), 12);
    expect(dot(rows[1], rows[2])).toBeCloseTo(0.25, 12);
    expect(dot(rows[0], rows[2])).toBe(0);
  });

  it('must speak of the same documents, with a weight that is not negative', () => {
    const matrix = fitTfIdf([['a']], every).transform([['a']]);
    const longer = fitTfIdf([['a'], []], every).transform([['a'], []]);
    expect(() => joinFields([])).toThrow('a field');
    expect(() =>
      joinFields([
        { matrix, weight: 1 },
        { matrix: longer, weight: 1 },
      ]),
    ).toThrow('same documents');
    expect(() => joinFields([{ matrix, weight: -1 }])).toThrow(RangeError);
  });
});

const someDocuments = fc.array(fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e')), { minLength: 1, maxLength: 6 });

function dot(one: readonly number[] = [], other: readonly number[] = []): number {
  return one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
}
