import { describe, expect, it } from 'vitest';
import { neighboursOf, walkSimilarity } from '../../../../src/math/similarity/index.ts';
import { matrixOf } from '../../../support/sparse-matrices.ts';

const usual = { alpha: 1, beta: 0, neighbourCount: 5 };

describe('walks between rows', () => {
  it('refuse powers below zero, and lists without room', () => {
    expect(() => walkSimilarity({ ...usual, alpha: -1 })).toThrow('alpha');
    expect(() => walkSimilarity({ ...usual, beta: Number.NaN })).toThrow('beta');
    expect(() => walkSimilarity({ ...usual, neighbourCount: 0 })).toThrow('neighbourCount');
  });

  it('refuse weights that speak against', () => {
    const matrix = matrixOf([[1], [-1]]);
    expect(() => walkSimilarity(usual).similarRows(matrix, { from: 0, to: 2 })).toThrow('negative');
  });

  it('take every way with the power of its probability', () => {
    const matrix = matrixOf([
      [1, 1],
      [3, 0],
    ]);
    const lists = walkSimilarity({ ...usual, alpha: 0.5 }).similarRows(matrix, { from: 0, to: 2 });
    expect(neighboursOf(lists, 0).similarities[0]).toBeCloseTo(Math.sqrt(1 / 2) * Math.sqrt(3 / 4), 14);
    expect(neighboursOf(lists, 1).similarities[0]).toBeCloseTo(Math.sqrt(1 / 4), 14);
  });
});
