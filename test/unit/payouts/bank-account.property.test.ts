import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskAccount, requireAccount } from '../../../src/payouts/bank-account.ts';

const RUNS = { numRuns: 1_000 };
const account = fc.stringMatching(/^[A-Z0-9]{4,34}$/);

describe('an account number', () => {
  it('is the same however it is set in groups', () => {
    fc.assert(
      fc.property(account, fc.nat(33), (text, at) => {
        const grouped = `${text.slice(0, at)} ${text.slice(at)}-`.toLowerCase();
        expect(requireAccount(grouped)).toBe(text);
      }),
      RUNS,
    );
  });

  it('shows at most its last four characters, and never half of it', () => {
    fc.assert(
      fc.property(account, (text) => {
        const shown = maskAccount(text).replaceAll('•', '');
        expect(text.endsWith(shown)).toBe(true);
        expect(shown.length).toBeLessThanOrEqual(Math.min(4, text.length / 2));
      }),
      RUNS,
    );
  });

  it.each(['', 'ABC', 'A'.repeat(35), 'DE89_3704', 'ÄÖÜ1234', '=1+1'])('is not %j', (text) => {
    expect(() => requireAccount(text)).toThrow(/4 to 34/);
  });
});
