import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AllocationInputError,
  formatRatio,
  parsePercentage,
  parseRatio,
  ratio,
} from '../../../../src/math/allocation/index.ts';

describe('parsePercentage', () => {
  it.each([
    ['0', '0'],
    ['100', '1'],
    ['100.00', '1'],
    ['70', '7/10'],
    ['12.5', '1/8'],
    ['33.3333', '333333/1000000'],
    ['0.000000000001', '1/100000000000000'],
  ])('reads "%s" as exactly %s', (text, exact) => {
    expect(formatRatio(parsePercentage(text))).toBe(exact);
  });

  it('tells no more than the beginning of a long text that it refuses', () => {
    const message = `"${'9'.repeat(60)}…" is not a percentage such as "33.3333", from 0 to 100.`;
    expect(() => parsePercentage('9'.repeat(400))).toThrow(expect.objectContaining({ message }));
    expect(() => parseRatio('x'.repeat(400))).toThrow(/^"x{60}…" is not a ratio/);
  });

  it.each([
    '',
    ' ',
    '-1',
    '+1',
    '1e1',
    '.5',
    '5.',
    '1/3',
    'NaN',
    '１０',
    '10%',
    '0x10',
    '1,5',
    '1.0000000000001',
    '1234',
  ])('refuses "%s", which is no plain percentage', (text) => {
    expect(() => parsePercentage(text)).toThrow(AllocationInputError);
  });

  it.each(['100.000000000001', '101', '999'])('refuses "%s", which is more than all', (text) => {
    expect(() => parsePercentage(text)).toThrow('more than 100 percent');
  });

  it('says where the fault lies', () => {
    expect(() => parsePercentage('x', 'terms.3.percent')).toThrow(expect.objectContaining({ path: 'terms.3.percent' }));
  });
});

describe('parseRatio', () => {
  it('reads what formatRatio wrote, whatever the ratio', () => {
    const anyNatural = fc.bigInt({ min: 0n, max: 10n ** 40n });
    fc.assert(
      fc.property(anyNatural, anyNatural, (numerator, less) => {
        const value = ratio(numerator, less + 1n);
        expect(parseRatio(formatRatio(value)).equals(value)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(['', '1/', '/3', '-1/3', '0.5', '1/0', '1/3/5', ' 1/3'])('refuses "%s"', (text) => {
    expect(() => parseRatio(text)).toThrow(AllocationInputError);
  });
});
