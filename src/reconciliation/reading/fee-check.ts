import { currencyExponent } from '../../shared/currency.ts';
import { decimalText, readScaled } from './amount-text.ts';
import type { ExceptionDraft } from './exception-log.ts';
import type { MadeLine } from './line-maker.ts';

/** Decimals with which exchange rates are read. */
const RATE_DECIMALS = 12;

/**
 * Holds gross - fee against net where a file gives all three. Between two currencies the rate comes first; what the
 * decimals of the rate leave open, and one minor unit, is allowed.
 *
 * @param rate text of the exchange rate, empty when there is none
 */
export function feeFaultOf({ line, isComplete }: MadeLine, rate: string): ExceptionDraft | null {
  if (!isComplete) return null;
  const { grossMinor, feeMinor, netMinor, currency, settlementCurrency, references } = line;
  const settled = settlementCurrency === null ? { minor: grossMinor, slack: 0n } : convertedOf(line, rate);
  if (!settled) return null;
  const expectedMinor = settled.minor - feeMinor;
  const gap = expectedMinor - netMinor;
  if (gap <= settled.slack && -gap <= settled.slack) return null;
  const netCurrency = settlementCurrency ?? currency;
  const text = (minor: bigint) => decimalText(minor, currencyExponent(netCurrency));
  return {
    class: 'FEE_DIFFERS',
    line: line.lineNumber,
    reference: references.line ?? references.provider,
    reason: `Gross ${text(settled.minor)} less fee ${text(feeMinor)} is ${text(expectedMinor)} ${netCurrency}; the line says net ${text(netMinor)}.`,
    currency: netCurrency,
    expectedMinor,
    actualMinor: netMinor,
  };
}

/** Gross in the currency of the settlement; null when there is no rate that can be read. */
function convertedOf(line: MadeLine['line'], rate: string): { minor: bigint; slack: bigint } | null {
  if (!/^\d{1,9}(\.\d{1,12})?$/.test(rate) || line.settlementCurrency === null) return null;
  const scaled = readScaled(rate, RATE_DECIMALS);
  if (typeof scaled !== 'bigint' || scaled === 0n) return null;
  const unit = 10n ** BigInt(RATE_DECIMALS);
  const shift = currencyExponent(line.settlementCurrency) - line.exponent;
  const [up, down] = shift >= 0 ? [10n ** BigInt(shift), 1n] : [1n, 10n ** BigInt(-shift)];
  const magnitude = line.grossMinor < 0n ? -line.grossMinor : line.grossMinor;
  const minor = (magnitude * scaled * up + (unit * down) / 2n) / (unit * down);
  const decimals = rate.split('.')[1]?.length ?? 0;
  const slack = (magnitude * up) / (2n * 10n ** BigInt(decimals) * down) + 1n;
  return { minor: line.grossMinor < 0n ? -minor : minor, slack };
}
