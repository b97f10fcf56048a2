import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { requirePayoutCurrency, WITHOUT_MINOR_UNIT } from '../../../src/payouts/payout-currency.ts';

describe('a currency of payouts', () => {
  it('has a minor unit in the list of ISO 4217 that the package ships', () => {
    const file = new URL('../../../node_modules/currency-codes/iso-4217-list-one.xml', import.meta.url);
    const entries = readFileSync(file, 'utf8').matchAll(
      /<Ccy>(\w{3})<\/Ccy>\s*<CcyNbr>\d+<\/CcyNbr>\s*<CcyMnrUnts>([^<]+)</g,
    );
    const unitsOf = new Map([...entries].map(([, code = '', units = '']) => [code, units]));
    expect(unitsOf.size).toBeGreaterThan(150);
    const without = [...unitsOf].filter(([, units]) => units === 'N.A.').map(([code]) => code);
    expect(new Set(without)).toEqual(WITHOUT_MINOR_UNIT);
  });

  it.each(['JPY', 'XAF', 'XOF', 'XPF', 'CNY', 'KWD'])('is %s', (code) => {
    expect(requirePayoutCurrency(code)).toBe(code);
  });

  it.each(['XAU', 'XXX', 'XTS', 'EURO', 'eur', ''])('is not %j', (code) => {
    expect(() => requirePayoutCurrency(code)).toThrow();
  });
});
