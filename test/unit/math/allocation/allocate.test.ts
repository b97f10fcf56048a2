import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AllocationInputError,
  allocate,
  parsePercentage,
  type Ratio,
  ROUNDING_RULES,
  type RoundingRule,
  ratio,
} from '../../../../src/math/allocation/index.ts';

const RUNS = 2_000;

const sum = (units: readonly bigint[]) => units.reduce((total, unit) => total + unit, 0n);

const whole = (...shares: number[]): Ratio[] => shares.map((share) => ratio(BigInt(share)));

const anyShare = fc
  .tuple(fc.bigInt({ min: 0n, max: 1_000n }), fc.bigInt({ min: 1n, max: 97n }))
  .map(([numerator, denominator]) => ratio(numerator, denominator));

/** At least one share is above zero. */
const anyShares = fc
  .array(anyShare, { minLength: 1, maxLength: 8 })
  .filter((shares) => shares.some((share) => share.gt(0n)));

const anyAmount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const anyRule = fc.constantFrom(...ROUNDING_RULES);

describe('allocate', () => {
  it.each<[amount: bigint, shares: string, rule: RoundingRule, parts: bigint[]]>([
    [15n, '80:8:12', 'LARGEST_REMAINDER', [12n, 1n, 2n]],
    [15n, '80:8:12', 'LISTED_ORDER', [13n, 1n, 1n]],
    [15n, '80:8:12', 'LARGEST_SHARE', [13n, 1n, 1n]],
    [100n, '1:1:1', 'LARGEST_REMAINDER', [34n, 33n, 33n]],
    [100n, '1:1:1', 'LISTED_ORDER', [34n, 33n, 33n]],
    [100n, '1:1:1', 'LARGEST_SHARE', [34n, 33n, 33n]],
    [5n, '100:101:100:100', 'LARGEST_REMAINDER', [1n, 2n, 1n, 1n]],
    [5n, '100:101:100:100', 'LISTED_ORDER', [2n, 1n, 1n, 1n]],
    [5n, '100:101:100:100', 'LARGEST_SHARE', [1n, 2n, 1n, 1n]],
    [10_001n, '33:33:34', 'LARGEST_REMAINDER', [3300n, 3300n, 3401n]],
    [10_001n, '33:33:34', 'LISTED_ORDER', [3301n, 3300n, 3400n]],
    [10_001n, '33:33:34', 'LARGEST_SHARE', [3300n, 3300n, 3401n]],
    [99n, '0:50:50', 'LARGEST_REMAINDER', [0n, 50n, 49n]],
    [99n, '0:50:50', 'LARGEST_SHARE', [0n, 50n, 49n]],
    // Numscript gives the first unit to the party without a share; nobody signs a contract for nothing plus a cent.
    [99n, '0:50:50', 'LISTED_ORDER', [0n, 50n, 49n]],
  ])('splits %s by the shares %s under %s as computed by hand', (amount, shares, rule, parts) => {
    expect(allocate(amount, whole(...shares.split(':').map(Number)), rule)).toEqual(parts);
  });

  it('uses the largest remainder unless the contract says otherwise', () => {
    expect(allocate(15n, whole(80, 8, 12))).toEqual([12n, 1n, 2n]);
  });

  it('splits by percentages with many decimals exactly', () => {
    const thirds = ['33.3333', '33.3333', '33.3334'].map((text) => parsePercentage(text));
    // Exact: 333333 + 333333 + 333334; as floats the first two would come out a unit low.
    expect(allocate(1_000_000n, thirds)).toEqual([333_333n, 333_333n, 333_334n]);
  });

  it('keeps every digit of an amount beyond the safe integers', () => {
    const amount = 10n ** 30n + 1n;
    expect(allocate(amount, whole(1, 1))).toEqual([(10n ** 30n + 2n) / 2n, 10n ** 30n / 2n]);
  });

  it('splits shares with unlike denominators over their common one', () => {
    expect(allocate(12n, [ratio(1n, 2n), ratio(1n, 3n), ratio(1n, 6n)])).toEqual([6n, 4n, 2n]);
    expect(allocate(10n, [ratio(1n, 4n), ratio(1n, 6n)])).toEqual([6n, 4n]);
  });

  it('gives everybody nothing of nothing, even when nobody has a share', () => {
    expect(allocate(0n, whole(0, 0))).toEqual([0n, 0n]);
    expect(allocate(0n, [])).toEqual([]);
  });

  it('refuses an amount that nobody has a share in', () => {
    expect(() => allocate(1n, whole(0, 0))).toThrow(AllocationInputError);
    expect(() => allocate(1n, [])).toThrow('Nobody has a share in the 1 units to split.');
  });

  it('refuses a negative share and names it', () => {
    const attempt = () => allocate(1n, [ratio(1n), ratio(-1n, 2n)]);
    expect(attempt).toThrow(AllocationInputError);
    expect(attempt).toThrow(expect.objectContaining({ path: 'shares.1' }));
  });

  it('refuses a rounding rule that it does not know', () => {
    expect(() => allocate(1n, whole(1), 'BY_LOT' as RoundingRule)).toThrow('"BY_LOT" is not a rounding rule.');
  });

  it('always sums to the amount', () => {
    fc.assert(
      fc.property(anyAmount, anyShares, anyRule, (amount, shares, rule) => {
        expect(sum(allocate(amount, shares, rule))).toBe(amount);
      }),
      { numRuns: RUNS },
    );
  });

  it('gives every party its exact share rounded down, or one unit more', () => {
    const anyPositive = fc.oneof(fc.bigInt({ min: 1n, max: 60n }), fc.bigInt({ min: 1n, max: 10n ** 15n }));
    fc.assert(
      fc.property(anyPositive, anyShares, anyRule, (amount, shares, rule) => {
        const parts = allocate(amount, shares, rule);
        for (const [index, exact] of exactParts(amount, shares).entries()) {
          const extra = ratio(parts[index] ?? 0n).sub(exact.floor());
          expect(extra.equals(0n) || extra.equals(1n)).toBe(true);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('leaves a share that comes out whole as it is under the largest remainder', () => {
    const anyPositive = fc.bigInt({ min: 1n, max: 60n });
    fc.assert(
      fc.property(anyPositive, anyShares, (amount, shares) => {
        const parts = allocate(amount, shares, 'LARGEST_REMAINDER');
        for (const [index, exact] of exactParts(amount, shares).entries()) {
          if (exact.d === 1n) expect(parts[index]).toBe(exact.n);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('never gives a unit to a party whose share is zero, under any rule', () => {
    const withZeros = fc
      .tuple(anyShares, fc.integer({ min: 0, max: 8 }))
      .map(([shares, at]) => shares.toSpliced(at, 0, ratio(0n)));
    fc.assert(
      fc.property(anyAmount, withZeros, anyRule, (amount, shares, rule) => {
        const parts = allocate(amount, shares, rule);
        for (const [index, share] of shares.entries()) if (share.equals(0n)) expect(parts[index]).toBe(0n);
      }),
      { numRuns: RUNS },
    );
  });

  it('splits a negative amount as the mirror of the positive one', () => {
    fc.assert(
      fc.property(anyAmount, anyShares, anyRule, (amount, shares, rule) => {
        expect(allocate(-amount, shares, rule)).toEqual(allocate(amount, shares, rule).map((part) => -part));
      }),
      { numRuns: RUNS },
    );
  });

  it('looks at the proportions of the shares alone', () => {
    const anyFactor = fc.tuple(fc.bigInt({ min: 1n, max: 99n }), fc.bigInt({ min: 1n, max: 99n }));
    fc.assert(
      fc.property(anyAmount, anyShares, anyRule, anyFactor, (amount, shares, rule, [numerator, denominator]) => {
        const scaled = shares.map((share) => share.mul(ratio(numerator, denominator)));
        expect(allocate(amount, scaled, rule)).toEqual(allocate(amount, shares, rule));
      }),
      { numRuns: RUNS },
    );
  });

  it('rounds up the largest remainders only, and of equal ones the earlier', () => {
    const anyPositive = fc.bigInt({ min: 1n, max: 10n ** 6n });
    fc.assert(
      fc.property(anyPositive, anyShares, (amount, shares) => {
        const parts = allocate(amount, shares, 'LARGEST_REMAINDER');
        // Exact share less the part: negative where it was rounded up.
        const lost = exactParts(amount, shares).map((exact, index) => exact.sub(parts[index] ?? 0n));
        const remainder = exactParts(amount, shares).map((exact) => exact.mod(1n));
        for (const [up, lostUp] of lost.entries()) {
          for (const [down, lostDown] of lost.entries()) {
            if (!lostUp.lt(0n) || lostDown.lt(0n)) continue;
            const order = remainder[up]?.compare(remainder[down] ?? 0n) ?? Number.NaN;
            expect(order > 0 || (order === 0 && up < down)).toBe(true);
          }
        }
      }),
      { numRuns: RUNS },
    );
  });
});

function exactParts(amount: bigint, shares: readonly Ratio[]): Ratio[] {
  const total = shares.reduce((sum, share) => sum.add(share), ratio(0n));
  return shares.map((share) => share.mul(amount).div(total));
}
