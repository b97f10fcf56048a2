import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocateRefund, splitSale } from '../../../../src/math/allocation/index.ts';
import { anySplit, sumOf } from './any-split.ts';

const RUNS = 2_000;
const MILLION = 1_000_000n;

/**
 * Where the refunds and chargebacks of a sale stand after each event, as parts of a million of it, in any order: a
 * reversed chargeback lowers the sum. The last event brings all of it back to the buyer.
 */
const anyCourse = fc
  .array(fc.oneof(fc.bigInt({ min: 0n, max: MILLION }), fc.constantFrom(0n, 1n, MILLION - 1n, MILLION)), {
    maxLength: 10,
  })
  .map((stops) => [...stops, MILLION]);

/** Lists the returned amounts of each party after each event. */
function returnsOf(
  sharesMinor: readonly bigint[],
  cumulatives: readonly bigint[],
  rounding: Parameters<typeof allocateRefund>[0]['rounding'],
): bigint[][] {
  let returned: bigint[] = sharesMinor.map(() => 0n);
  return cumulatives.map((cumulativeMinor) => {
    const due = allocateRefund({
      sharesMinor,
      returnedMinor: returned,
      cumulativeMinor,
      ...(rounding && { rounding }),
    });
    returned = returned.map((before, index) => before + (due[index] ?? 0n));
    return returned;
  });
}

describe('any sequence of refunds, chargebacks and reversals of any sale', () => {
  it('returns at every step what the buyer got back, and from nobody more than it got or less than nothing', () => {
    fc.assert(
      fc.property(anySplit, anyCourse, (input, course) => {
        const { grossMinor } = input.sale;
        const sharesMinor = splitSale(input).map(({ amountMinor }) => amountMinor);
        const cumulatives = course.map((part) => (grossMinor * part) / MILLION);
        for (const [at, returned] of returnsOf(sharesMinor, cumulatives, input.rounding).entries()) {
          expect(sumOf(returned)).toBe(cumulatives[at]);
          for (const [index, share] of sharesMinor.entries()) {
            const back = returned[index] ?? 0n;
            expect(share >= 0n ? back >= 0n && back <= share : back <= 0n && back >= share).toBe(true);
          }
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('ends with exactly what each party got once all is returned, and with nothing once all is reversed', () => {
    fc.assert(
      fc.property(anySplit, anyCourse, (input, course) => {
        const { grossMinor } = input.sale;
        fc.pre(grossMinor > 0n);
        const sharesMinor = splitSale(input).map(({ amountMinor }) => amountMinor);
        const cumulatives = course.map((part) => (grossMinor * part) / MILLION);
        const steps = returnsOf(sharesMinor, [...cumulatives, 0n], input.rounding);
        expect(steps.at(-2)).toEqual(sharesMinor);
        expect(steps.at(-1)).toEqual(sharesMinor.map(() => 0n));
      }),
      { numRuns: RUNS },
    );
  });

  it('stands where one return of the same sum would stand, whatever came before', () => {
    fc.assert(
      fc.property(anySplit, anyCourse, anyCourse, (input, course, target) => {
        const { grossMinor } = input.sale;
        const sharesMinor = splitSale(input).map(({ amountMinor }) => amountMinor);
        const cumulatives = course.map((part) => (grossMinor * part) / MILLION);
        const last = (grossMinor * (target[0] ?? 0n)) / MILLION;
        const detour = returnsOf(sharesMinor, [...cumulatives, last], input.rounding);
        const straight = returnsOf(sharesMinor, [last], input.rounding);
        expect(detour.at(-1)).toEqual(straight.at(-1));
      }),
      { numRuns: RUNS },
    );
  });
});
