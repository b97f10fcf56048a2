import { hash } from 'node:crypto';
import { currencyExponent } from '../../shared/currency.ts';
import { quoted } from '../../shared/quoted.ts';
import { type AmountContext, type CellField, cellFieldOf, refuseFormulas } from './cells.ts';
import type { ColumnSet } from './column-set.ts';
import { fixedZone, InstantReader, ianaZone, type TimeZone } from './instant-text.ts';
import { AmountReader, type LineAmounts } from './line-amounts.ts';
import { LineFault } from './line-fault.ts';
import { firstOf, KindReader, ReferenceReader } from './line-names.ts';
import type { SettlementLine } from './settlement-line.ts';
import { essentialFields, type Layout, type SettlementProfile } from './settlement-profile.ts';

type Cells = readonly string[];

/** A line, and what checks on the whole file want to know of it. */
export interface MadeLine {
  readonly line: SettlementLine;
  readonly direction: 1n | -1n | null;
  /** Whether the file gives gross, fee and net on its own. */
  readonly isComplete: boolean;
  /** What rounding added to amounts, in units of 10^-`scale`. */
  readonly rounded: readonly { readonly currency: string; readonly added: bigint; readonly scale: number }[];
}

const NOTHING_ROUNDED: MadeLine['rounded'] = [];

interface LineContext extends AmountContext {
  readonly currency: string;
  cells: Cells;
  direction: 1n | -1n | null;
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
  readonly #contexts = new Map<string, LineContext>();
  /** Where the cells stand of which amounts, times and names are made. */
  readonly #essential: readonly number[];
  #rounded: MadeLine['rounded'] = NOTHING_ROUNDED;

  constructor(profile: SettlementProfile, columns: ColumnSet) {
    const { layout } = columns;
    const fieldOf = (field: string) => cellFieldOf(columns, field, profile.cellPrefix);
    const optional = (field: string | undefined) => (field === undefined ? null : fieldOf(field));
    this.#profile = profile;
    this.#columns = columns;
    this.#essential = [...essentialFields(layout)]
      .flatMap((field) => columns.positions(field))
      .toSorted((a, b) => a - b);
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
    const { layout } = this.#columns;
    refuseFormulas(cells, this.#essential, { columns: this.#columns, cellPrefix: this.#profile.cellPrefix ?? '' });
    const { kind, providerType } = this.#kinds.read(cells);
    const direction = this.#directionOf(cells);
    this.#rounded = NOTHING_ROUNDED;
    const grossCurrency = this.#grossCurrencyOf(cells);
    const netCurrency = this.#netCurrencyOf(cells) || grossCurrency;
    const gross = this.#contextOf(grossCurrency || netCurrency, cells, direction);
    const net = netCurrency === gross.currency ? gross : this.#contextOf(netCurrency, cells, direction);
    const read = this.#amounts.read(kind, { gross, net });
    const amounts = layout.alwaysNegative.includes(kind) ? negated(read) : read;
    // A line without an amount of its own is worth what it does to the balance.
    const counted = amounts.grossMinor === null ? net : gross;
    const line: SettlementLine = {
      lineNumber: row.line,
      kind,
      providerType,
      references: this.#references.read(kind, cells),
      currency: counted.currency,
      exponent: counted.exponent,
      grossMinor: amounts.grossMinor ?? amounts.netMinor + amounts.feeMinor,
      feeMinor: amounts.feeMinor,
      netMinor: amounts.netMinor,
      settlementCurrency: counted === net ? null : net.currency,
      occurredAt: this.#instantOf(cells),
      batch: this.#batch(cells),
      rest: this.#restOf(cells),
      duplicateOf: null,
      rawHash: hash('sha256', row.raw, 'hex'),
    };
    return { line, direction, isComplete: amounts.isComplete, rounded: this.#rounded };
  }

  #directionOf(cells: Cells): 1n | -1n | null {
    const { direction } = this.#columns.layout;
    if (!direction || !this.#direction) return null;
    const text = this.#direction.text(cells);
    if (direction.plus.includes(text)) return 1n;
    return direction.minus.includes(text) ? -1n : null;
  }

  #grossCurrencyOf(cells: Cells): string {
    const { currency } = this.#columns.layout;
    return 'fixed' in currency ? currency.fixed : (this.#currency?.text(cells) ?? '').toUpperCase();
  }

  #netCurrencyOf(cells: Cells): string {
    return this.#settlementCurrency === null ? '' : this.#settlementCurrency.text(cells).toUpperCase();
  }

  /** One context a currency, for the line that is being made. */
  #contextOf(currency: string, cells: Cells, direction: 1n | -1n | null): LineContext {
    const known = this.#contexts.get(currency) ?? this.#newContext(currency);
    known.cells = cells;
    known.direction = direction;
    return known;
  }

  #newContext(currency: string): LineContext {
    if (currency === '') throw new LineFault('has no currency');
    const { unit, exponents } = this.#profile;
    const exponent = exponentOf(currency);
    const context: LineContext = {
      currency,
      exponent,
      unitDecimals: unit === 'MINOR' ? (exponents[currency] ?? exponent) : null,
      cells: [],
      direction: null,
      onRounded: (added, scale) => {
        this.#rounded = [...this.#rounded, { currency, added, scale }];
      },
    };
    this.#contexts.set(currency, context);
    return context;
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
    if (!zone) throw new LineFault(`has the time zone ${quoted(name)}, which is not known`);
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
    throw new LineFault(`has the currency ${quoted(currency)}, which ISO 4217 does not know`);
  }
}

function negated({ grossMinor, feeMinor, netMinor, isComplete }: LineAmounts): LineAmounts {
  if ((grossMinor ?? 0n) <= 0n && netMinor <= 0n) return { grossMinor, feeMinor, netMinor, isComplete };
  const negative = (amount: bigint) => (amount > 0n ? -amount : amount);
  return {
    grossMinor: grossMinor === null ? null : negative(grossMinor),
    feeMinor: feeMinor === 0n ? 0n : -feeMinor,
    netMinor: negative(netMinor),
    isComplete,
  };
}
