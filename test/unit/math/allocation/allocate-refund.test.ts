import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AllocationInputError,
  allocateRefund,
  ROUNDING_RULES,
  type RoundingRule,
} from '../../../../src/math/allocation/index.ts';

const RUNS = 2_000;
const sum = (units: readonly bigint[]) => units.reduce((total, unit) => total + unit, 0n);

/** A sale as split: costs that the platform bears are negative, the whole is positive. */
const anySplit = fc
  .array(
    fc.oneof({ weight: 5, arbitrary: fc.bigInt({ min: 0n, max: 10n ** 9n }) }, fc.bigInt({ min: -500n, max: 0n })),
    {
      minLength: 1,
      maxLength: 9,
    },
  )
  .filter((shares) => sum(shares) > 0n);

/** Cumulative refunds as parts of a million of the sale, rising, the last one the whole. */
const anyRise = fc
  .array(fc.bigInt({ min: 0n, max: 1_000_000n }), { maxLength: 12 })
  .map((parts) => [...parts.toSorted((a, b) => Number(a - b)), 1_000_000n]);

const anyRule = fc.constantFrom(...ROUNDING_RULES);

interface RefundStep {
  readonly due: readonly bigint[];
  readonly returned: readonly bigint[];
  readonly cumulativeMinor: bigint;
}

function refundInSteps(
  sharesMinor: readonly bigint[],
  cumulatives: readonly bigint[],
  rounding: RoundingRule,
): RefundStep[] {
  let returned: readonly bigint[] = sharesMinor.map(() => 0n);
  return cumulatives.map((cumulativeMinor) => {
    const due = allocateRefund({ sharesMinor, returnedMinor: returned, cumulativeMinor, rounding });
    returned = returned.map((before, index) => before + (due[index] ?? 0n));
    return { due, returned, cumulativeMinor };
  });
}

describe('allocateRefund', () => {
  it('takes a full refund back from each party to the unit', () => {
    const sharesMinor = [5544n, 1584n, 792n, 2080n];
    expect(allocateRefund({ sharesMinor, returnedMinor: [0n, 0n, 0n, 0n], cumulativeMinor: 10_000n })).toEqual(
      sharesMinor,
    );
  });

  it('takes a small refund of a large sale in proportion, and never the whole commission', () => {
    // 1.00 of 1000.00: a tenth of a percent from each.
    expect(allocateRefund({ sharesMinor: [70_000n, 30_000n], returnedMinor: [0n, 0n], cumulativeMinor: 100n })).toEqual(
      [70n, 30n],
    );
  });

  it('posts the difference to what was returned before', () => {
    // 3.33 of 10.00 over 7.00 and 3.00: exactly 2.331 and .999, so 2.33 and 1.00. At 6.66: 4.662 and 1.998.
    const sharesMinor = [700n, 300n];
    expect(refundInSteps(sharesMinor, [333n, 666n, 1000n], 'LARGEST_REMAINDER').map(({ due }) => due)).toEqual([
      [233n, 100n],
      [233n, 100n],
      [234n, 100n],
    ]);
  });

  it('gives a unit back within a refund where the larger whole is due less of it', () => {
    // The Alabama paradox: of 10 units the shares 6:6:2 give the last party 2 (exactly 1.43), of 11 only 1 (1.57).
    const steps = refundInSteps([6n, 6n, 2n], [10n, 11n, 14n], 'LARGEST_REMAINDER');
    expect(steps.map(({ returned }) => returned)).toEqual([
      [4n, 4n, 2n],
      [5n, 5n, 1n],
      [6n, 6n, 2n],
    ]);
    expect(steps.map(({ due }) => due)[1]).toEqual([1n, 1n, -1n]);
  });

  it('undoes a cost that the platform bore together with the rest', () => {
    // The provider got 3.00, which the platform bore: half a refund of 100.00 returns half of it to the platform.
    const sharesMinor = [7000n, 3000n, 300n, -300n];
    expect(allocateRefund({ sharesMinor, returnedMinor: [0n, 0n, 0n, 0n], cumulativeMinor: 5000n })).toEqual([
      3500n,
      1500n,
      150n,
      -150n,
    ]);
  });

  it('undoes no more of a cost than its part of the refund, rounded down', () => {
    // A seventh of the sale is a seventh of the gains, 1.43, and of the cost, .43: nothing of the cost yet.
    expect(allocateRefund({ sharesMinor: [10n, -3n], returnedMinor: [0n, 0n], cumulativeMinor: 1n })).toEqual([1n, 0n]);
    expect(allocateRefund({ sharesMinor: [10n, -3n], returnedMinor: [1n, 0n], cumulativeMinor: 3n })).toEqual([
      3n,
      -1n,
    ]);
  });

  it('hands everything back when a refund is reversed', () => {
    expect(allocateRefund({ sharesMinor: [700n, 300n], returnedMinor: [233n, 100n], cumulativeMinor: 0n })).toEqual([
      -233n,
      -100n,
    ]);
  });

  it('has nothing to refund of a free sale', () => {
    expect(allocateRefund({ sharesMinor: [0n, 30n, -30n], returnedMinor: [0n, 0n, 0n], cumulativeMinor: 0n })).toEqual([
      0n,
      0n,
      0n,
    ]);
  });

  it.each([-1n, 1001n])('refuses a cumulative refund of %s for a sale of 1000', (cumulativeMinor) => {
    const attempt = () => allocateRefund({ sharesMinor: [700n, 300n], returnedMinor: [0n, 0n], cumulativeMinor });
    expect(attempt).toThrow(AllocationInputError);
    expect(attempt).toThrow('must lie between zero and that');
  });

  it('refuses returned amounts of other parties than those of the sale', () => {
    expect(() => allocateRefund({ sharesMinor: [700n, 300n], returnedMinor: [0n], cumulativeMinor: 1n })).toThrow(
      '2 parties share the sale, but 1 returned amounts were given.',
    );
  });

  it('returns exactly what each party got after any sequence of partial refunds that ends in the full one', () => {
    fc.assert(
      fc.property(anySplit, anyRise, anyRule, (shares, rise, rule) => {
        const cumulatives = rise.map((part) => (sum(shares) * part) / 1_000_000n);
        const last = refundInSteps(shares, cumulatives, rule).at(-1);
        expect(last?.returned).toEqual(shares);
      }),
      { numRuns: RUNS },
    );
  });

  it('sums to the refund at every step, and never returns more of a party than it got', () => {
    fc.assert(
      fc.property(anySplit, anyRise, anyRule, (shares, rise, rule) => {
        const cumulatives = rise.map((part) => (sum(shares) * part) / 1_000_000n);
        for (const { returned, cumulativeMinor } of refundInSteps(shares, cumulatives, rule)) {
          expect(sum(returned)).toBe(cumulativeMinor);
          for (const [index, share] of shares.entries()) {
            const back = returned[index] ?? 0n;
            expect(share >= 0n ? back >= 0n && back <= share : back <= 0n && back >= share).toBe(true);
          }
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('leads to the same place by every way', () => {
    fc.assert(
      fc.property(anySplit, anyRise, anyRule, (shares, rise, rule) => {
        const cumulatives = rise.slice(0, -1).map((part) => (sum(shares) * part) / 1_000_000n);
        const target = cumulatives.at(-1) ?? 0n;
        const detour = refundInSteps(shares, [...cumulatives.toReversed(), target], rule).at(-1);
        const straight = refundInSteps(shares, [target], rule).at(-1);
        expect(detour?.returned).toEqual(straight?.returned);
      }),
      { numRuns: RUNS },
    );
  });
});
