import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nthLargest } from '../../../../src/math/selection/nth-largest.ts';

it('finds what stands at that place when the values are sorted, equal ones counted apart', () => {
  const anyValues = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(anyValues, fc.nat(), (values, any) => {
      const n = 1 + (any % values.length);
      const sorted = values.toSorted((a, b) => b - a);
      expect(nthLargest(Float64Array.from(values), n)).toBe(sorted[n - 1]);
    }),
    { numRuns: 1000 },
  );
});

it('has no place before the first or after the last', () => {
  expect(() => nthLargest(Float64Array.of(1), 0)).toThrow(RangeError);
  expect(() => nthLargest(Float64Array.of(1), 2)).toThrow(RangeError);
});
