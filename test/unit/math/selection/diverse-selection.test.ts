import fc from 'fast-check';
import { determinant, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { selectDiverse, type Trait } from '../../../../src/math/selection/diverse-selection.ts';

function likeness(one: number, other: number, traits: readonly Trait[]): number {
  if (one === other) return 1;
  return traits.reduce((sum, { values, weight }) => sum + (values[one] === values[other] ? weight : 0), 0);
}

function logDeterminant(chosen: readonly number[], traits: readonly Trait[]): number {
  if (chosen.length === 0) return 0;
  return Math.log(determinant(new Matrix(chosen.map((one) => chosen.map((other) => likeness(one, other, traits))))));
}

/** By the definition: each step looks at every determinant with and without the candidate. */
function gainsBeside(window: readonly number[], scores: readonly number[], traits: readonly Trait[]): number[] {
  const before = logDeterminant(window, traits);
  return scores.map((score, i) => score + logDeterminant([...window, i], traits) - before);
}

const scored = fc.integer({ min: 1, max: 12 }).chain((length) => {
  const values = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: length, maxLength: length });
  return fc.record({
    scores: fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: length, maxLength: length }),
    traits: fc.tuple(values, values, values).map(([a, b, c]): Trait[] => [
      { values: a, weight: 0.2 },
      { values: b, weight: 0.45 },
      { values: c, weight: 0.1 },
    ]),
    count: fc.integer({ min: 0, max: length + 2 }),
    window: fc.integer({ min: 0, max: 5 }),
  });
});

describe('a choice of what is good and unlike', () => {
  it('takes at each step the greatest gain in the log-determinant beside the window', () => {
    const property = fc.property(scored, ({ scores, traits, count, window }) => {
      const chosen = [...selectDiverse(scores, traits, { count, window })];
      expect(chosen).toHaveLength(Math.min(count, scores.length));
      expect(new Set(chosen).size).toBe(chosen.length);
      chosen.forEach((choice, step) => {
        const gains = gainsBeside(chosen.slice(Math.max(0, step - window), step), scores, traits);
        const open = gains.filter((_, i) => !chosen.slice(0, step).includes(i));
        expect(gains[choice]).toBeGreaterThanOrEqual(Math.max(...open) - 1e-9);
      });
    });
    fc.assert(property, { numRuns: 300, seed: 20_261_122 });
  });

  it('sets apart by hand-computed gains: a repeated trait of weight 0.5 costs log(1 - 0.25)', () => {
    const traits = [{ values: [0, 0, 1], weight: 0.5 }];
    // Beside the first: 0.9 + log 0.75 = 0.612 against 0.6, then against 0.62.
    expect([...selectDiverse([1, 0.9, 0.6], traits, { count: 3, window: 3 })]).toEqual([0, 1, 2]);
    expect([...selectDiverse([1, 0.9, 0.62], traits, { count: 3, window: 3 })]).toEqual([0, 2, 1]);
  });

  it('forgets what was chosen before the window', () => {
    const traits = [{ values: [0, 1, 0, 1], weight: 0.6 }];
    const scores = [1, 0.9, 0.8, 0.79];
    // Beside 0 and 1 alike, the third falls back as the fourth does; beside 1 alone only the fourth does.
    expect([...selectDiverse(scores, traits, { count: 4, window: 1 })]).toEqual([0, 1, 2, 3]);
    const leader = [{ values: [0, 1, 0, 2], weight: 0.6 }];
    expect([...selectDiverse([1, 0.9, 0.8, 0.6], leader, { count: 4, window: 1 })]).toEqual([0, 1, 2, 3]);
    expect([...selectDiverse([1, 0.9, 0.8, 0.6], leader, { count: 4, window: 2 })]).toEqual([0, 1, 3, 2]);
  });

  it('keeps the order of the scores without weights or without a window, and of equal ones that of their places', () => {
    const property = fc.property(scored, fc.boolean(), ({ scores, traits, window }, isWeightless) => {
      const rounded = scores.map(Math.round);
      const weighed = isWeightless ? traits.map(({ values }) => ({ values, weight: 0 })) : traits;
      const options = { count: scores.length, window: isWeightless ? window : 0 };
      const plain = [...rounded.keys()].sort(
        (one, other) => (rounded[other] ?? 0) - (rounded[one] ?? 0) || one - other,
      );
      expect([...selectDiverse(rounded, weighed, options)]).toEqual(plain);
    });
    fc.assert(property, { numRuns: 200, seed: 20_261_122 });
  });

  it('lets nothing fall back behind what is worse by -log(1 - w), however often it repeats everything', () => {
    const weights = [0.2, 0.3, 0.1];
    const most = -Math.log(1 - 0.6);
    const length = 60;
    const last = length - 1;
    const alike = weights.map((weight) => ({
      values: Array.from({ length }, (_, i) => (i === last ? 1 : 0)),
      weight,
    }));
    const scoresWith = (gap: number) => Array.from({ length }, (_, i) => (i === last ? -gap : 0));
    const placeOf = (gap: number) => selectDiverse(scoresWith(gap), alike, { count: length, window: 50 }).indexOf(last);
    expect(placeOf(most)).toBe(last);
    expect(placeOf(most - 0.02)).toBeLessThan(last);
    expect(placeOf(-Math.log(1 - 0.36) - 1e-9)).toBe(1);
    expect(placeOf(-Math.log(1 - 0.36) + 1e-9)).toBe(2);
  });

  it('stays sound when the weights come close to 1', () => {
    const values = new Int32Array(40);
    const chosen = selectDiverse(new Float64Array(40), [{ values, weight: 1 - 1e-9 }], { count: 40, window: 20 });
    expect([...chosen].toSorted((one, other) => one - other)).toEqual([...new Float64Array(40).keys()]);
  });

  it('has nothing to choose from nothing', () => {
    expect(selectDiverse([], [], { count: 5, window: 3 })).toHaveLength(0);
    expect(selectDiverse([1], [], { count: 0, window: 3 })).toHaveLength(0);
  });

  it('refuses weights that make a determinant meaningless, and columns of another length', () => {
    const values = [0, 0];
    const choose = (traits: readonly Trait[]) => () => selectDiverse([1, 2], traits, { count: 1, window: 1 });
    expect(choose([{ values, weight: 1 }])).toThrow(RangeError);
    expect(
      choose([
        { values, weight: 0.5 },
        { values, weight: 0.5 },
      ]),
    ).toThrow(RangeError);
    expect(choose([{ values, weight: -0.1 }])).toThrow(RangeError);
    expect(choose([{ values: [0], weight: 0.1 }])).toThrow(RangeError);
    expect(() => selectDiverse([1], [], { count: -1, window: 1 })).toThrow(RangeError);
    expect(() => selectDiverse([1], [], { count: 1, window: 1.5 })).toThrow(RangeError);
  });
});
