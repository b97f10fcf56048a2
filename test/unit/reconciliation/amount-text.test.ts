import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalText, readScaled, roundHalfUp, ungrouped } from '../../../src/reconciliation/reading/amount-text.ts';

describe('an amount as text', () => {
  it.each([
    ['12.5', 2, 1250n],
    ['-0.05', 2, -5n],
    ['+3', 2, 300n],
    ['007', 0, 7n],
    ['1.500', 2, 150n],
    ['999999999999999.99', 2, 99_999_999_999_999_999n],
    ['0.00000', 2, 0n],
    ['-0', 2, 0n],
  ])('reads %j with %i decimals', (text, decimals, expected) => {
    expect(readScaled(text, decimals)).toBe(expected);
  });

  it.each(['', '-', '.', '1.', '.5', '1..2', '1 000', '1,000.00', '1e5', '0x10', '１２', 'NaN', '--1', '1-'])(
    'is not %j',
    (text) => {
      expect(() => readScaled(text, 2)).toThrow('no amount');
    },
  );

  it.each([
    ['0.00600', 0n, '6', 1n],
    ['0.00400', 0n, '4', 0n],
    ['0.005', 0n, '5', 1n],
    ['-0.006', 0n, '6', -1n],
    ['1.23456', 123n, '456', 123n],
  ])('tells what it cuts off %j, and rounds half up', (text, units, cut, rounded) => {
    const amount = readScaled(text, 2);
    expect(amount).toEqual({ units, cut });
    expect(typeof amount === 'bigint' ? amount : roundHalfUp(amount, text.startsWith('-'))).toBe(rounded);
  });

  it('takes another decimal mark where a profile has one', () => {
    expect(readScaled('24,05', 2, '.,')).toBe(2405n);
    expect(() => readScaled('1,024,05', 2, '.,')).toThrow('no amount');
  });

  it.each([
    ['1,234', ',', '1234'],
    ['-12,345,678.90', ',', '-12345678.90'],
    ['1 234,5', ' ', '1234,5'],
    ["9'999", "'", '9999'],
    ['1,23', ',', '1,23'],
    ['1,2345', ',', '1,2345'],
    ['0,234', ',', '0,234'],
    ['1,234,56', ',', '1,234,56'],
    ['1,234', '', '1,234'],
  ])('%j with thousands parted by %j is %j', (text, marks, expected) => {
    expect(ungrouped(text, marks)).toBe(expected);
  });

  it('is what it was after writing and reading', () => {
    // The largest sum of the fifteen digits that are read.
    const most = 10n ** 15n - 1n;
    fc.assert(
      fc.property(fc.bigInt(-most, most), fc.integer({ min: 0, max: 8 }), (units, decimals) => {
        expect(readScaled(decimalText(units, decimals), decimals)).toBe(units);
      }),
    );
  });
});
