import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { payoutReference, writePayoutFile } from '../../../src/payouts/payout-file.ts';
import { globalId } from '../../../src/shared/global-id.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('=1+1', '+A1', '-2', '@SUM(A1)', 'a,"b"\n', '\tx'),
);
const line = fc.record({
  id: fc.uuid({ version: 7 }),
  partnerName: text,
  beneficiary: text,
  account: fc.stringMatching(/^[A-Z0-9]{4,34}$/),
  country: fc.constantFrom('CN', 'DE'),
  amountMinor: fc.bigInt({ min: 1n, max: 10n ** 15n }),
  currency: fc.constantFrom('CNY', 'JPY', 'KWD'),
});

describe('a payout file', () => {
  it('reads back as what was written, and no cell is a formula', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 10 }), (lines) => {
        const rows: string[][] = parse(writePayoutFile(lines), { relax_column_count: false });
        expect(rows[0]?.join()).toBe('payout_id,partner,beneficiary,account,country,amount,currency,reference');
        expect(rows).toHaveLength(lines.length + 1);
        for (const [at, { id, partnerName, account, currency }] of lines.entries()) {
          const [payoutId, partner = '', , readAccount, , amount = '', readCurrency, reference] = rows[at + 1] ?? [];
          expect([payoutId, readAccount, readCurrency]).toEqual([globalId('Payout', id), account, currency]);
          expect([partner, partner.replace(/^'/, '')]).toContain(partnerName);
          expect(amount).toMatch(/^\d+(\.\d+)?$/);
          expect(reference).toBe(payoutReference(id));
        }
        for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      }),
      { numRuns: 500 },
    );
  });

  it('names payouts by at most 35 characters that every scheme carries, each by its own', () => {
    expect(payoutReference('0198c0de-0000-7000-8000-00000000abcd')).toBe('P0198C0DE00007000800000000000ABCD');
  });
});
