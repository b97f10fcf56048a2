import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toDecimals } from '../../../src/attribution/index.ts';
import { ratio } from '../../../src/math/allocation/index.ts';

it('writes thirds so that they still sum to one', () => {
  expect(toDecimals([ratio(1n, 3n), ratio(1n, 3n), ratio(1n, 3n)])).toEqual({
    parts: ['0.333334', '0.333333', '0.333333'],
    total: '1.000000',
  });
});

it('writes nothing as zero', () => {
  expect(toDecimals([])).toEqual({ parts: [], total: '0.000000' });
});

it('sums to the total to the last digit, and is off by less than one in it', () => {
  const credit = fc.tuple(fc.bigInt(0n, 10_000n), fc.bigInt(1n, 97n)).map(([n, d]) => ratio(n, d));
  fc.assert(
    fc.property(fc.array(credit, { maxLength: 12 }), (credits) => {
      const { parts, total } = toDecimals(credits);
      const units = parts.map((part) => BigInt(part.replace('.', '')));
      expect(units.reduce((sum, part) => sum + part, 0n)).toBe(BigInt(total.replace('.', '')));
      credits.forEach((exact, place) => {
        const part = ratio(units[place] ?? -1n, 1_000_000n);
        expect(part.sub(exact).abs().lte(ratio(1n, 1_000_000n))).toBe(true);
      });
    }),
  );
});
