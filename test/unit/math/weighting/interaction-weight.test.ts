import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_INTERACTION_WEIGHTING,
  type InteractionKind,
  type InteractionWeighting,
  interactionWeight,
  preferenceMatrix,
  ratingStrength,
} from '../../../../src/math/weighting/index.ts';
import { toRows } from '../../../support/sparse-matrices.ts';

const kinds = Object.keys(DEFAULT_INTERACTION_WEIGHTING) as InteractionKind[];
const weighting: InteractionWeighting = {
  ...DEFAULT_INTERACTION_WEIGHTING,
  LIKE: { weight: 3, halfLifeDays: 10 },
  PURCHASE: { weight: 5, halfLifeDays: Number.POSITIVE_INFINITY },
};

describe('the weight of an interaction', () => {
  it('halves with each half-life of its kind', () => {
    const weights = [0, 10, 20].map((ageDays) => interactionWeight({ kind: 'LIKE', strength: 1, ageDays }, weighting));
    expect(weights).toEqual([3, 1.5, 0.75]);
  });

  it('never fades when the half-life is infinite', () => {
    expect(interactionWeight({ kind: 'PURCHASE', strength: 1, ageDays: 4000 }, weighting)).toBe(5);
  });

  it('is in proportion to the strength', () => {
    expect(interactionWeight({ kind: 'PROGRESS', strength: 0.5, ageDays: 0 })).toBe(1.5);
    expect(interactionWeight({ kind: 'RATE', strength: ratingStrength(2), ageDays: 0 })).toBe(-2);
  });

  it('of an interaction ahead of the clock is that of one just now', () => {
    expect(interactionWeight({ kind: 'VIEW', strength: 1, ageDays: -3 })).toBe(1);
  });

  it('speaks against a dismissed content, and for every other kind', () => {
    for (const kind of kinds) {
      expect(Math.sign(interactionWeight({ kind, strength: 1, ageDays: 30 }))).toBe(kind === 'DISMISS' ? -1 : 1);
    }
  });

  it('is bounded by the weight of its kind and shrinks with age', () => {
    const age = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    const strength = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...kinds), strength, age, (kind, strength, ageDays) => {
        const weight = Math.abs(interactionWeight({ kind, strength, ageDays }));
        expect(weight).toBeLessThanOrEqual(Math.abs(DEFAULT_INTERACTION_WEIGHTING[kind].weight));
        expect(Math.abs(interactionWeight({ kind, strength, ageDays: ageDays + 1 }))).toBeLessThanOrEqual(weight);
      }),
    );
  });

  it('refuses a strength beyond 1, an age without end and a half-life of nothing', () => {
    expect(() => interactionWeight({ kind: 'VIEW', strength: 1.1, ageDays: 0 })).toThrow(RangeError);
    expect(() => interactionWeight({ kind: 'VIEW', strength: Number.NaN, ageDays: 0 })).toThrow(RangeError);
    expect(() => interactionWeight({ kind: 'VIEW', strength: 1, ageDays: Number.POSITIVE_INFINITY })).toThrow(
      RangeError,
    );
    const instant = { ...weighting, VIEW: { weight: 1, halfLifeDays: 0 } };
    expect(() => interactionWeight({ kind: 'VIEW', strength: 1, ageDays: 1 }, instant)).toThrow(RangeError);
  });
});

describe('the strength of a rating', () => {
  it('runs from -1 for the worst over 0 to 1 for the best', () => {
    expect([1, 2, 3, 4, 5].map((stars) => ratingStrength(stars))).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(ratingStrength(10, { min: 0, max: 10 })).toBe(1);
  });

  it('refuses a rating outside its scale', () => {
    expect(() => ratingStrength(0)).toThrow(RangeError);
    expect(() => ratingStrength(6)).toThrow(RangeError);
    expect(() => ratingStrength(1, { min: 1, max: 1 })).toThrow(RangeError);
  });
});

describe('the preferences that weighed interactions add up to', () => {
  it('are logarithms of the sums, and a pair that sums to nothing or less is left out', () => {
    const matrix = preferenceMatrix({
      rowCount: 3,
      columnCount: 3,
      rows: [0, 0, 0, 1, 1, 2],
      columns: [0, 0, 2, 1, 1, 0],
      values: [1, 2, -4, 4, -4, 5],
    });
    expect(toRows(matrix)).toEqual([
      [Math.log(4), 0, 0],
      [0, 0, 0],
      [Math.log(6), 0, 0],
    ]);
    expect(matrix.entryCount).toBe(2);
  });
});
