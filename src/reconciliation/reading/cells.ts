import { quoted } from '../../shared/quoted.ts';
import { AMBIGUOUS, isAmbiguous, readScaled, roundHalfUp, ungrouped } from './amount-text.ts';
import type { ColumnSet } from './column-set.ts';
import { LineFault } from './line-fault.ts';
import type { AmountTerm, SettlementProfile } from './settlement-profile.ts';

/** Cells of one column of a layout, which may be several of a file. */
export interface CellField {
  /** The first cell that is not empty; an empty text when there is none. */
  text(cells: readonly string[]): string;
  /** Whether the file has the column. */
  readonly isPresent: boolean;
  readonly name: string;
  readonly rounds: boolean;
}

/** Cleans and finds cells by the names of a layout. */
export function cellFieldOf(columns: ColumnSet, field: string, cellPrefix = ''): CellField {
  const positions = columns.positions(field);
  const { blank = [], rounds } = columns.layout.columns[field] ?? {};
  const [first = -1] = positions;
  const clean = (cell: string): string => {
    const text = cleaned(cell, cellPrefix);
    return blank.length > 0 && blank.includes(text) ? '' : text;
  };
  const text =
    positions.length === 1
      ? (cells: readonly string[]) => clean(cells[first] ?? '')
      : (cells: readonly string[]) => {
          for (const at of positions) {
            const found = clean(cells[at] ?? '');
            if (found !== '') return found;
          }
          return '';
        };
  return { text, isPresent: positions.length > 0, name: columns.nameAt(first), rounds: rounds !== undefined };
}

/** Without surrounding space, Alipay's tabs with it, and without the prefix of cells. */
export function cleaned(cell: string, cellPrefix: string): string {
  const text = cell.trim();
  return cellPrefix !== '' && text.startsWith(cellPrefix) ? text.slice(cellPrefix.length).trim() : text;
}

/**
 * What a spreadsheet runs: anything behind =, a function or a call of another program behind + - @. Bounded everywhere, so
 * that no text makes the search long.
 */
const FORMULA = /^(?:=|[+\-@]\s{0,9}[A-Za-z_.]{1,60}\s{0,9}\(|[+\-@][^|]{0,200}\|[^!]{0,500}!)/;

/**
 * A formula in an amount, a time or a name makes the line another one than the provider wrote. In any other text it is
 * what somebody wrote there, such as a product's name, and takes no money out of the books: whoever writes such a text
 * into a file for spreadsheets has to make it harmless there.
 *
 * @param positions cells that the line is made of, texts for people aside
 * @throws LineFault naming the column whose cell a spreadsheet would run
 */
export function refuseFormulas(
  cells: readonly string[],
  positions: readonly number[],
  { columns, cellPrefix }: { columns: ColumnSet; cellPrefix: string },
): void {
  const prefixCode = cellPrefix.charCodeAt(0);
  for (const at of positions) {
    const cell = cells[at] ?? '';
    const code = cell.charCodeAt(0);
    // One of = + - @, or what may hide it.
    if (code !== 61 && code !== 43 && code !== 45 && code !== 64 && code > 32 && code !== prefixCode) continue;
    const text = cleaned(cell, cellPrefix);
    if (FORMULA.test(text)) throw new LineFault(`has a formula in ${columns.nameAt(at)}: ${quoted(text)}`);
  }
}

/** What reading amounts of one line needs to know. */
export interface AmountContext {
  readonly cells: readonly string[];
  /** Decimals of the currency in our books. */
  readonly exponent: number;
  /** Decimals by which a provider's minor units are shifted; 0 when amounts are in major units. */
  readonly unitDecimals: number | null;
  readonly direction: 1n | -1n | null;
  /** Told what rounding added, in units of 10^-`scale`. */
  readonly onRounded: (added: bigint, scale: number) => void;
}

/** A sum of signed columns. */
export interface TermSum {
  /** Whether the file has any of the columns. */
  readonly isPresent: boolean;
  /** Null when all cells are empty. @throws LineFault when one is no amount */
  of(context: AmountContext): bigint | null;
}

export function termSumOf(
  terms: readonly AmountTerm[],
  fieldOf: (field: string) => CellField,
  profile: SettlementProfile,
): TermSum {
  const compiled = terms
    .map(({ field, sign }) => ({ field: fieldOf(field), sign }))
    .filter(({ field }) => field.isPresent);
  return {
    isPresent: compiled.length > 0,
    of(context) {
      let sum: bigint | null = null;
      for (const { field, sign } of compiled) {
        const text = field.text(context.cells);
        if (text === '') continue;
        sum = (sum ?? 0n) + signed(minorOf(text, field, { context, profile }), sign, context);
      }
      return sum;
    },
  };
}

function signed(minor: bigint, sign: AmountTerm['sign'], { direction }: AmountContext): bigint {
  switch (sign) {
    case 'PLUS':
      return minor;
    case 'MINUS':
      return -minor;
    case 'PLUS_ABSOLUTE':
      return minor < 0n ? -minor : minor;
    case 'MINUS_ABSOLUTE':
      return minor < 0n ? minor : -minor;
    case 'BY_DIRECTION':
      if (direction === null) throw new LineFault('does not say which way its amount goes');
      return direction * minor;
  }
}

const MAX_CUT = 12;

function minorOf(text: string, field: CellField, at: { context: AmountContext; profile: SettlementProfile }): bigint {
  const { exponent, unitDecimals, onRounded } = at.context;
  const decimals = unitDecimals === null ? exponent : exponent - unitDecimals;
  const amount = readNamed(text, { field, decimals: Math.max(decimals, 0), profile: at.profile });
  const scaled = typeof amount === 'bigint' ? { units: amount, cut: '' } : amount;
  if (decimals < 0) return wholeUnits(scaled.units, { decimals, cut: scaled.cut, field, text });
  if (scaled.cut === '') return scaled.units;
  if (!field.rounds) {
    throw new LineFault(`has ${quoted(text)} in ${field.name}, which is more than ${exponent} decimals`);
  }
  const rounded = roundHalfUp(scaled, text.startsWith('-'));
  const added = (rounded - scaled.units) * 10n ** BigInt(MAX_CUT);
  const cut = BigInt(scaled.cut.padEnd(MAX_CUT, '0'));
  onRounded(text.startsWith('-') ? added + cut : added - cut, exponent + MAX_CUT);
  return rounded;
}

/** Minor units of a provider that has more decimals than our books: the last ones must be zero. */
function wholeUnits(units: bigint, at: { decimals: number; cut: string; field: CellField; text: string }): bigint {
  const divisor = 10n ** BigInt(-at.decimals);
  if (at.cut !== '' || units % divisor !== 0n) {
    throw new LineFault(`has ${quoted(at.text)} in ${at.field.name}, which is no whole amount`);
  }
  return units / divisor;
}

function readNamed(text: string, at: { field: CellField; decimals: number; profile: SettlementProfile }) {
  const { groupMarks, decimalMarks } = at.profile;
  const plain = ungrouped(text, groupMarks);
  try {
    return readScaled(plain, at.decimals, decimalMarks);
  } catch {
    const reason = isAmbiguous(plain, decimalMarks) ? AMBIGUOUS : 'is no amount';
    throw new LineFault(`has ${quoted(text)} in ${at.field.name}, which ${reason}`);
  }
}
