import { quoted } from '../../shared/quoted.ts';
import { LineFault } from './line-fault.ts';

/** Decimals in which columns are summed for the totals of a trailer: more than any provider writes. */
export const SUM_SCALE = 8;

const ZERO = 48;
const NINE = 57;
/** A number of so many digits is exact in a float. */
const SAFE_DIGITS = 15;
const AMOUNT = /^([+-]?)(\d{1,15})(?:\.(\d{1,12}))?$/;

/** An amount in units of 10^-decimals, and what was cut off behind them. */
export interface ScaledAmount {
  readonly units: bigint;
  /** Digits behind the last decimal, without zeros at the end: not empty means that the amount is not whole. */
  readonly cut: string;
}

/**
 * Reads a decimal number without a group separator or an exponent.
 *
 * @param marks characters that may stand between whole and fraction, the usual one first
 * @returns the bigint alone when nothing was cut, which is nearly always
 * @throws LineFault when it is no such number, or one that can be read in two ways
 */
export function readScaled(text: string, decimals: number, marks = '.'): bigint | ScaledAmount {
  const quick = readQuickly(text, decimals);
  if (quick !== undefined) return quick;
  if (isAmbiguous(text, marks)) throw new LineFault(`${quoted(text)} ${AMBIGUOUS}`);
  let plain = text;
  for (const mark of marks) if (mark !== '.') plain = plain.replace(mark, '.');
  const [whole, sign, digits = '', fraction = ''] = AMOUNT.exec(plain) ?? [];
  if (whole === undefined) throw new LineFault(`${quoted(text)} is no amount`);
  const units = BigInt(digits + fraction.slice(0, decimals).padEnd(decimals, '0'));
  const cut = fraction.slice(decimals).replace(/0+$/, '');
  const signed = sign === '-' ? -units : units;
  return cut === '' ? signed : { units: signed, cut };
}

/** The rest of a sentence about such an amount. */
export const AMBIGUOUS = 'may be in thousands or have three decimals: nothing is guessed, save the file with points';

/**
 * Whether a mark of decimals that is not the usual one stands where thousands are parted as well: `1,234` is a number of
 * three decimals in one country and a thousand and more in another. `0,234` and `1234,567` are what they are.
 */
export function isAmbiguous(text: string, marks: string): boolean {
  const [, mark] = /^[+-]?[1-9]\d{0,2}(\D)\d{3}$/.exec(text) ?? [];
  return mark !== undefined && marks.indexOf(mark) > 0;
}

/**
 * Without the marks between thousands, where one parts whole groups of three digits and nothing else.
 *
 * @param marks those of the profile; none for one that never groups
 */
export function ungrouped(text: string, marks: string): string {
  for (const mark of marks) {
    if (!text.includes(mark)) continue;
    const grouped = new RegExp(`^[+-]?[1-9]\\d{0,2}(?:\\${mark}\\d{3})+(?:[^\\d\\${mark}]\\d+)?$`);
    if (grouped.test(text)) return text.replaceAll(mark, '');
  }
  return text;
}

/** The usual case, digit by digit; undefined for everything that wants a closer look. */
function readQuickly(text: string, decimals: number): bigint | undefined {
  const isNegative = text.charCodeAt(0) === 45;
  let at = isNegative ? 1 : 0;
  if (text.length - at + decimals > SAFE_DIGITS || text.length === at) return undefined;
  let value = 0;
  let point = -1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 46 && point === -1 && at > (isNegative ? 1 : 0)) point = at;
    else if (code >= ZERO && code <= NINE) value = value * 10 + (code - ZERO);
    else return undefined;
  }
  const written = point === -1 ? 0 : text.length - 1 - point;
  if (written > decimals || point === text.length - 1) return undefined;
  for (let more = written; more < decimals; more++) value *= 10;
  return BigInt(isNegative ? -value : value);
}

/** Half up, away from zero for negative amounts too, as providers round a fee and its return alike. */
export function roundHalfUp({ units, cut }: ScaledAmount, isNegative: boolean): bigint {
  if (cut.charCodeAt(0) < 53) return units;
  return isNegative ? units - 1n : units + 1n;
}

/** Units of 10^-decimals as decimal text. */
export function decimalText(units: bigint, decimals: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
  const sign = units < 0n ? '-' : '';
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}
