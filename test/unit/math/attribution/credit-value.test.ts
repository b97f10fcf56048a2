import { describe, expect, it } from 'vitest';
import { AllocationInputError, ratio } from '../../../../src/math/allocation/index.ts';
import { creditValue } from '../../../../src/math/attribution/index.ts';

const thirds = ['a', 'b', 'c'].map((touchId) => ({ touchId, credit: ratio(1n, 3n) }));

describe('creditValue', () => {
  it('gives the odd unit to the earliest touch of equal credit', () => {
    expect(creditValue(100n, thirds)).toEqual([
      { touchId: 'a', valueMinor: 34n },
      { touchId: 'b', valueMinor: 33n },
      { touchId: 'c', valueMinor: 33n },
    ]);
  });

  it('gives it to the largest remainder where credits differ', () => {
    const credits = [
      { touchId: 'first', credit: ratio(2n, 5n) },
      { touchId: 'between', credit: ratio(1n, 5n) },
      { touchId: 'last', credit: ratio(2n, 5n) },
    ];
    // Exactly 1.2, .6 and 1.2 of 3.
    expect(creditValue(3n, credits).map(({ valueMinor }) => valueMinor)).toEqual([1n, 1n, 1n]);
  });

  it('takes a negative value back as it was given', () => {
    expect(creditValue(-100n, thirds).map(({ valueMinor }) => valueMinor)).toEqual([-34n, -33n, -33n]);
  });

  it('leaves a conversion without touches unattributed', () => {
    expect(creditValue(100n, [])).toEqual([]);
  });

  it('refuses a value that no touch has credit for', () => {
    expect(() => creditValue(1n, [{ touchId: 'a', credit: ratio(0n) }])).toThrow(AllocationInputError);
  });
});
