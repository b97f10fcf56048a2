import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latentSemantics } from '../../../../src/math/text/index.ts';
import { anyRows, matrixOf, toRows } from '../../../support/sparse-matrices.ts';

describe('latent semantic analysis', () => {
  it('keeps every dot product when it has as many directions as the documents differ in', () => {
    fc.assert(
      fc.property(anyRows({ min: -9, minRows: 1 }), (rows) => {
        const documents = matrixOf(rows);
        const projected = toRows(latentSemantics(documents, { rank: 10 }).project(documents));
        const given = toRows(documents);
        given.forEach((one, a) => {
          given.forEach((other, b) => {
            expect(dot(projected[a], projected[b])).toBeCloseTo(dot(one, other), 6);
          });
        });
      }),
      { numRuns: 100 },
    );
  });

  it('finds texts alike whose words never stand together, when these stand with the same others', () => {
    // Columns: car, engine, automobile, flower, petal.
    const documents = matrixOf([
      [1, 1, 0, 0, 0],
      [0, 1, 1, 0, 0],
      [0, 0, 0, 1, 1],
    ]);
    const space = latentSemantics(documents, { rank: 2 });
    const [car, automobile, flower] = toRows(
      space.project(
        matrixOf([
          [1, 0, 0, 0, 0],
          [0, 0, 1, 0, 0],
          [0, 0, 0, 1, 0],
        ]),
      ),
    );
    expect(cosine(car, automobile)).toBeCloseTo(1, 9);
    expect(cosine(car, flower)).toBeCloseTo(0, 9);
  });

  it('refuses documents with other terms', () => {
    const space = latentSemantics(matrixOf([[1, 1]]), { rank: 1 });
    expect(() => space.project(matrixOf([[1, 1, 1]]))).toThrow('terms');
  });
});

function dot(one: readonly number[] = [], other: readonly number[] = []): number {
  return one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0);
}

function cosine(one: readonly number[] = [], other: readonly number[] = []): number {
  return dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other));
}
