import { describe, expect, it } from 'vitest';
import { correctForMany } from '../../../../src/math/experiments/index.ts';

const P_VALUES = [0.01, 0.04, 0.03, 0.005, 0.55, 0.6];

function expectClose(actual: readonly (number | null)[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  for (const [at, p] of expected.entries()) expect(actual[at]).toBeCloseTo(p, 12);
}

describe('correctForMany', () => {
  it('steps down as Holm published', () => {
    expectClose(correctForMany(P_VALUES, 'HOLM'), [0.05, 0.12, 0.12, 0.03, 1, 1]);
  });

  it('steps up as Benjamini and Hochberg published', () => {
    // Sorted .005 .01 .03 .04 .55 .6 by 6 / rank: .03 .03 .06 .06 .66 .6, each at most the next.
    expectClose(correctForMany(P_VALUES, 'BENJAMINI_HOCHBERG'), [0.03, 0.06, 0.06, 0.03, 0.6, 0.6]);
  });

  it('leaves out of the family what could not be tested', () => {
    expect(correctForMany([null, 0.02, null, 0.03], 'HOLM')).toEqual([null, 0.04, null, 0.04]);
    expect(correctForMany([null], 'HOLM')).toEqual([null]);
  });

  it('leaves a single test, and all where none is asked for, as they are', () => {
    expect(correctForMany([0.03], 'HOLM')).toEqual([0.03]);
    expect(correctForMany(P_VALUES, 'NONE')).toEqual(P_VALUES);
  });

  it('refuses what is no p value', () => {
    expect(() => correctForMany([0.5, 1.2], 'HOLM')).toThrow('from 0 to 1, not 1.2');
  });
});
