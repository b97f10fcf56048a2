import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaUnderCurve } from '../../../../src/math/ranker/index.ts';

describe('areaUnderCurve', () => {
  it('counts the pairs that stand the right way round, and equal ones half', () => {
    const cases = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.constantFrom(0, 1)), { maxLength: 30 });
    const property = fc.property(cases, (examples) => {
      let [wins, pairs] = [0, 0];
      for (const [up, label] of examples) {
        for (const [down, other] of examples) {
          if (label !== 1 || other !== 0) continue;
          pairs++;
          wins += up > down ? 1 : up === down ? 0.5 : 0;
        }
      }
      const area = areaUnderCurve(
        examples.map(([score]) => score),
        examples.map(([, label]) => label),
      );
      if (pairs === 0) expect(area).toBeNull();
      else expect(area).toBeCloseTo(wins / pairs, 12);
    });
    fc.assert(property);
  });

  it('refuses scores without labels, and what is no number', () => {
    expect(() => areaUnderCurve([1], [])).toThrow(RangeError);
    expect(() => areaUnderCurve([Number.NaN], [1])).toThrow(RangeError);
    expect(() => areaUnderCurve([1], [2])).toThrow(RangeError);
  });
});
