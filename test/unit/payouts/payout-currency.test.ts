import { describe, expect, it } from 'vitest';
import { requirePayoutCurrency } from '../../../src/payouts/payout-currency.ts';

describe('a currency of payouts', () => {
  it.each(['JPY', 'XAF', 'XOF', 'XPF', 'CNY', 'KWD'])('is %s', (code) => {
    expect(requirePayoutCurrency(code)).toBe(code);
  });

  it.each(['XAU', 'XXX', 'XTS', 'EURO', 'eur', ''])('is not %j', (code) => {
    expect(() => requirePayoutCurrency(code)).toThrow();
  });
});
