import { hash } from 'node:crypto';
import { currencyExponent } from '../../shared/currency.ts';
import { type AmountContext, type CellField, cellFieldOf, refuseFormulas } from './cells.ts';
import type { ColumnSet } from './column-set.ts';
import { fixedZone, InstantReader, ianaZone, type TimeZone } from './instant-text.ts';
import { AmountReader, type LineAmounts } from './line-amounts.ts';
import { LineFault, shown } from './line-fault.ts';
import { firstOf, KindReader, ReferenceReader } from './line-names.ts';
import type { LineKind, SettlementLine } from './settlement-line.ts';
import type { Layout, SettlementProfile } from './settlement-profile.ts';

type Cells = readonly string[];

/** A line, and what checks on the whole file want to know of it. */
export interface MadeLine {
  readonly line: Omit<SettlementLine, 'duplicateOf'>;
  readonly direction: 1n | -1n | null;
  /** Whether the file gives gross, fee and net on its own. */
  readonly isComplete: boolean;
  /** What rounding added to amounts, in units of 10^-`scale`. */
  readonly rounded: readonly { readonly currency: string; readonly added: bigint; readonly scale: number }[];
}

const NOTHING_ROUNDED: MadeLine['rounded'] = [];

interface Unit {
  readonly exponent: number;
  readonly unitDecimals: number | null;
}

/** Makes lines of the rows of one file. */
export class LineMaker {
  readonly #columns: ColumnSet;
  readonly #profile: SettlementProfile;
  readonly #kinds: KindReader;
  readonly #references: ReferenceReader;
  readonly #amounts: AmountReader;
  readonly #batch: (cells: Cells) => string | null;
  readonly #currency: CellField | null;
  readonly #settlementCurrency: CellField | null;
  readonly #direction: CellField | null;
  readonly #instants: InstantReader;
  readonly #time: (cells: Cells) => string | null;
  readonly #zone: CellField | null;
  readonly #zones = new Map<string, TimeZone>();
  readonly #units = new Map<string, Unit>();
  #rounded: { currency: string; added: bigint; scale: number }[] = [];

  constructor(profile: SettlementProfile, columns: ColumnSet) {
    const { layout } = columns;
    const fieldOf = (field: string) => cellFieldOf(columns, field, profile.cellPrefix);
    const optional = (field: string | undefined) => (field === undefined ? null : fieldOf(field));
    this.#profile = profile;
    this.#columns = columns;
    this.#kinds = new KindReader(layout, fieldOf);
    this.#references = new ReferenceReader(layout, fieldOf);
    this.#amounts = new AmountReader(layout, fieldOf, profile);
    this.#batch = batchOf(layout, fieldOf);
    this.#currency = 'field' in layout.currency ? fieldOf(layout.currency.field) : null;
    this.#settlementCurrency = optional(layout.settlementCurrency);
    this.#direction = optional(layout.direction?.field);
    this.#instants = new InstantReader(layout.occurredAt.formats);
    this.#time = firstOf(layout.occurredAt.fields, fieldOf);
    this.#zone = optional(layout.occurredAt.zoneField);
  }

  /** @throws LineFault when the row is no line of the layout */
  make(row: { readonly line: number; readonly raw: string; readonly cells: Cells }): MadeLine {
    const { cells } = row;
    refuseFormulas(cells, this.#columns, this.#profile.cellPrefix ?? '');
    const { kind, providerType } = this.#kinds.read(cells);
    const direction = this.#directionOf(cells);
    const currencies = this.#currenciesOf(cells);
    if (this.#rounded.length > 0) this.#rounded = [];
    const amounts = this.#amountsOf(kind, { cells, direction, ...currencies });
    const line = {
      lineNumber: row.line,
      kind,
      providerType,
      references: this.#references.read(kind, cells),
      ...signedFor(this.#columns.layout.alwaysNegative.includes(kind), amounts),
      ...this.#countedIn(amounts, currencies),
      occurredAt: this.#instantOf(cells),
      batch: this.#batch(cells),
      rest: this.#restOf(cells),
      rawHash: hash('sha256', row.raw, 'hex'),
    };
    const rounded = this.#rounded;
    if (rounded.length > 0) this.#rounded = [];
    return { line, direction, isComplete: amounts.isComplete, rounded: rounded.length > 0 ? rounded : NOTHING_ROUNDED };
  }

  #directionOf(cells: Cells): 1n | -1n | null {
    const { direction } = this.#columns.layout;
    if (!direction || !this.#direction) return null;
    const text = this.#direction.text(cells);
    if (direction.plus.includes(text)) return 1n;
    return direction.minus.includes(text) ? -1n : null;
  }

  #currenciesOf(cells: Cells): { gross: string; net: string } {
    const { currency } = this.#columns.layout;
    const gross = 'fixed' in currency ? currency.fixed : (this.#currency?.text(cells) ?? '').toUpperCase();
    const net = (this.#settlementCurrency?.text(cells) ?? '').toUpperCase();
    return { gross: gross || net, net: net || gross };
  }

  #amountsOf(
    kind: LineKind,
    { cells, direction, gross, net }: { cells: Cells; direction: 1n | -1n | null; gross: string; net: string },
  ): LineAmounts {
    const contextOf = (currency: string): AmountContext => ({
      cells,
      direction,
      ...this.#unitOf(currency),
      onRounded: (added, scale) => this.#rounded.push({ currency, added, scale }),
    });
    const context = contextOf(gross);
    return this.#amounts.read(kind, { gross: context, net: net === gross ? context : contextOf(net) });
  }

  #countedIn(
    { grossMinor }: LineAmounts,
    { gross, net }: { gross: string; net: string },
  ): { currency: string; settlementCurrency: string | null; exponent: number } {
    const currency = grossMinor === null ? net : gross;
    return { currency, settlementCurrency: currency === net ? null : net, exponent: this.#unitOf(currency).exponent };
  }

  #unitOf(currency: string): Unit {
    const known = this.#units.get(currency);
    if (known) return known;
    if (currency === '') throw new LineFault('has no currency');
    const { unit, exponents } = this.#profile;
    const exponent = exponentOf(currency);
    const made = { exponent, unitDecimals: unit === 'MINOR' ? (exponents[currency] ?? exponent) : null };
    this.#units.set(currency, made);
    return made;
  }

  #instantOf(cells: Cells): Date | null {
    const text = this.#time(cells);
    return text === null ? null : this.#instants.read(text, this.#zoneOf(cells));
  }

  #zoneOf(cells: Cells): TimeZone {
    const name = this.#zone?.text(cells) || this.#columns.layout.occurredAt.zone;
    const known = this.#zones.get(name);
    if (known) return known;
    const minutes = this.#profile.zoneOffsets[name];
    const zone = minutes === undefined ? ianaZone(name) : fixedZone(minutes);
    if (!zone) throw new LineFault(`has the time zone ${shown(name)}, which is not known`);
    this.#zones.set(name, zone);
    return zone;
  }

  #restOf(cells: Cells): Record<string, string> {
    const rest: Record<string, string> = {};
    const prefix = this.#profile.cellPrefix ?? '';
    for (const { name, at } of this.#columns.rest) {
      const cell = (cells[at] ?? '').trim();
      const text = prefix !== '' && cell.startsWith(prefix) ? cell.slice(prefix.length).trim() : cell;
      if (text !== '') rest[name] = text;
    }
    return rest;
  }
}

/** `3`, or `Shop/3` where batches are numbered within accounts. */
function batchOf({ batch }: Layout, fieldOf: (field: string) => CellField): (cells: Cells) => string | null {
  const number = firstOf(batch?.fields, fieldOf);
  const owner = batch?.within === undefined ? null : fieldOf(batch.within);
  if (!owner?.isPresent) return number;
  return (cells) => {
    const [text, within] = [number(cells), owner.text(cells)];
    return text === null || within === '' ? text : `${within}/${text}`;
  };
}

function exponentOf(currency: string): number {
  try {
    return currencyExponent(currency);
  } catch {
    throw new LineFault(`has the currency ${shown(currency)}, which ISO 4217 does not know`);
  }
}

/** A line without an amount of its own is worth what it does to the balance. */
function signedFor(isAlwaysNegative: boolean, { grossMinor, feeMinor, netMinor }: LineAmounts) {
  const gross = grossMinor ?? netMinor + feeMinor;
  if (!isAlwaysNegative || (gross <= 0n && netMinor <= 0n)) return { grossMinor: gross, feeMinor, netMinor };
  const negative = (amount: bigint) => (amount > 0n ? -amount : amount);
  return { grossMinor: negative(gross), feeMinor: feeMinor === 0n ? 0n : -feeMinor, netMinor: negative(netMinor) };
}
