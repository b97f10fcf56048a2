import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { discountsOf, taxWithin } from '../../../src/pricing/index.ts';
import { InvalidInputError } from '../../../src/shared/domain-error.ts';

const items = (...prices: readonly bigint[]) => prices.map((priceMinor, at) => ({ partnerId: `p${at}`, priceMinor }));
const percentOff = (percent: string) => ({ kind: 'PERCENT' as const, percent });
const amountOff = (amountMinor: bigint) => ({ kind: 'AMOUNT' as const, amountMinor });

describe('a discount', () => {
  it('is a percentage of what the items cost in all, rounded half up and shared by largest remainder', () => {
    expect(discountsOf(percentOff('10'), items(999n, 1_999n))).toEqual([100n, 200n]);
    expect(discountsOf(percentOff('12.5'), items(100n))).toEqual([13n]);
    expect(discountsOf(percentOff('33.3333'), items(100n, 100n, 100n))).toEqual([34n, 33n, 33n]);
    expect(discountsOf(percentOff('100'), items(1n, 0n, 7n))).toEqual([1n, 0n, 7n]);
  });

  it('is an amount, and no more than there is to pay', () => {
    expect(discountsOf(amountOff(500n), items(1_000n, 3_000n))).toEqual([125n, 375n]);
    expect(discountsOf(amountOff(9_999n), items(1_000n, 3_000n))).toEqual([1_000n, 3_000n]);
    expect(discountsOf(amountOff(500n), items(0n))).toEqual([0n]);
  });

  it('leaves alone what other partners sell', () => {
    const rule = { ...percentOff('50'), partnerId: 'p1' };
    expect(discountsOf(rule, items(1_000n, 1_001n))).toEqual([0n, 501n]);
  });

  it('never exceeds the price, sums to what the coupon is worth, and takes nothing off what is free', () => {
    const prices = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 50 });
    const units = fc.integer({ min: 1, max: 1_000_000 });
    const rules = fc.oneof(
      units.map((unit) => percentOff(String(unit / 10_000))),
      fc.bigInt({ min: 1n, max: 10n ** 13n }).map(amountOff),
    );
    const property = fc.property(prices, rules, (listed, rule) => {
      const discounts = discountsOf(rule, items(...listed));
      const sum = listed.reduce((left, right) => left + right, 0n);
      const worth = discounts.reduce((left, right) => left + right, 0n);
      discounts.forEach((discount, at) => {
        expect(discount >= 0n && discount <= (listed[at] ?? 0n)).toBe(true);
      });
      expect(worth).toBe(discountsOf(rule, items(sum))[0]);
      if (rule.kind === 'AMOUNT') expect(worth === rule.amountMinor || worth === sum).toBe(true);
    });
    fc.assert(property, { numRuns: 500 });
  });
});

describe('the tax within a price', () => {
  it('is price · rate / (100 + rate), rounded half up to the minor unit, whatever a unit is worth', () => {
    expect(taxWithin(12_000n, '20')).toBe(2_000n);
    // 1,100 yen at 10 %; 1.050 dinars of 1,000 fils at 5 %.
    expect(taxWithin(1_100n, '10')).toBe(100n);
    expect(taxWithin(1_050n, '5')).toBe(50n);
    expect(taxWithin(9_999n, '7.7')).toBe(715n);
    expect(taxWithin(3n, '100')).toBe(2n);
  });

  it('is nothing without a rate, at a rate of zero, and of what is free', () => {
    expect([taxWithin(9_900n, null), taxWithin(9_900n, '0'), taxWithin(0n, '20')]).toEqual([0n, 0n, 0n]);
  });

  it('is the nearest whole number to the exact tax, and less than the price', () => {
    const property = fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 15n }),
      fc.integer({ min: 0, max: 1_000_000 }),
      (price, unit) => {
        const tax = taxWithin(price, String(unit / 10_000));
        const off = 2n * (tax * (1_000_000n + BigInt(unit)) - price * BigInt(unit));
        expect(off <= 1_000_000n + BigInt(unit) && off > -(1_000_000n + BigInt(unit))).toBe(true);
        expect(tax <= price).toBe(true);
      },
    );
    fc.assert(property, { numRuns: 1_000 });
  });

  it('knows no rate that is none', () => {
    for (const percent of ['', '-1', '100.1', '7,7', '1e2', ' 7', '0.00001', 'NaN']) {
      expect(() => taxWithin(100n, percent)).toThrow(InvalidInputError);
    }
  });
});
