import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { currencyExponent, FUNDS, requireTender, WITHOUT_MINOR_UNIT } from '../../../src/shared/currency.ts';

/** Code, whether it is a fund, and minor unit of each entry of the list that the package ships. */
function entriesOfList(): { code: string; isFund: boolean; units: string }[] {
  const file = new URL('../../../node_modules/currency-codes/iso-4217-list-one.xml', import.meta.url);
  const entry =
    /<CcyNm( IsFund="true")?>[^<]*<\/CcyNm>\s*<Ccy>(\w{3})<\/Ccy>\s*<CcyNbr>\d+<\/CcyNbr>\s*<CcyMnrUnts>([^<]+)</gi;
  const entries = readFileSync(file, 'utf8').matchAll(entry);
  return [...entries].map(([, fund, code = '', units = '']) => ({ code, isFund: fund !== undefined, units }));
}

describe('a currency that people pay in', () => {
  it('is none that ISO 4217 marks as a fund, or gives no minor unit', () => {
    const entries = entriesOfList();
    expect(new Set(entries.map(({ code }) => code)).size).toBeGreaterThan(150);
    const without = entries.filter(({ units }) => units === 'N.A.').map(({ code }) => code);
    expect(new Set(without)).toEqual(WITHOUT_MINOR_UNIT);
    const funds = entries.filter(({ isFund }) => isFund).map(({ code }) => code);
    expect(new Set([...funds, 'UYW'])).toEqual(FUNDS);
  });

  it.each(['JPY', 'XAF', 'XOF', 'XPF', 'XCD', 'CNY', 'KWD', 'CHF', 'UYU'])('is %s', (code) => {
    expect(requireTender('currency', code)).toBe(code);
  });

  it.each([
    ['XXX', '"XXX" (The codes assigned for transactions where no currency is involved) is in ISO 4217'],
    ['XTS', '"XTS" (Codes specifically reserved for testing purposes)'],
    ['XDR', '"XDR" (SDR (Special Drawing Right))'],
    ['XAU', '"XAU" (Gold) is in ISO 4217, but nobody pays in it.'],
    ['CLF', '"CLF" (Unidad de Fomento)'],
    ['eur', '"eur" is not a currency of ISO 4217.'],
    ['', '"" is not a currency of ISO 4217.'],
  ])('is not %j, and the refusal says which it is', (code, message) => {
    expect(() => requireTender('prices.0.currency', code)).toThrow(
      expect.objectContaining({ field: 'prices.0.currency', message: expect.stringContaining(message) }),
    );
  });

  it('is told of no more than its beginning when it is a long text', () => {
    const message = `"${'A'.repeat(60)}…" is not a currency of ISO 4217.`;
    expect(() => requireTender('currency', 'A'.repeat(9_000))).toThrow(expect.objectContaining({ message }));
    expect(() => currencyExponent('A'.repeat(9_000))).toThrow(expect.objectContaining({ message }));
  });
});
