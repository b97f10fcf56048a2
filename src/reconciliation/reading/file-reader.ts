import { decimalText, readScaled, ungrouped } from './amount-text.ts';
import { type CellField, cellFieldOf } from './cells.ts';
import type { ColumnSet } from './column-set.ts';
import { SeenNames } from './duplicates.ts';
import { ExceptionLog } from './exception-log.ts';
import { feeFaultOf } from './fee-check.ts';
import { LineFault } from './line-fault.ts';
import { LineIdentity } from './line-identity.ts';
import { LineMaker, type MadeLine } from './line-maker.ts';
import type { OpenTable } from './open-table.ts';
import { PayoutTieOut } from './payout-tie-out.ts';
import type { Row } from './row-frame.ts';
import type { Rows } from './rows.ts';
import { RunningBalance } from './running-balance.ts';
import type { FileSummary, SettlementBatch, SettlementLine } from './settlement-line.ts';
import type { SettlementProfile } from './settlement-profile.ts';
import { TotalsBuilder } from './totals.ts';
import { TrailerCheck } from './trailer-check.ts';

type CellRow = Extract<Row, { form: 'CELLS' }>;

/** Reads the rows of one file into lines, and keeps what is checked at its end. */
export class FileReader {
  readonly #profile: SettlementProfile;
  readonly #table: OpenTable;
  readonly #columns: ColumnSet;
  readonly #maker: LineMaker;
  readonly #identity: LineIdentity;
  readonly #rate: CellField | null;
  readonly #balance: CellField | null;
  readonly #totals = new TotalsBuilder();
  readonly #log = new ExceptionLog();
  readonly #seen = new SeenNames();
  readonly #balances = new RunningBalance();
  readonly #trailer: TrailerCheck;
  readonly #payouts: PayoutTieOut | null;
  #summary: FileSummary | null = null;
  #lines = 0;
  #unreadable = 0;
  #duplicates = 0;
  #lastLine = 0;

  constructor(profile: SettlementProfile, table: OpenTable) {
    const { columns } = table;
    const { layout } = columns;
    const optional = (field: string | undefined) =>
      field === undefined ? null : cellFieldOf(columns, field, profile.cellPrefix);
    this.#profile = profile;
    this.#table = table;
    this.#columns = columns;
    this.#maker = new LineMaker(profile, columns);
    this.#identity = new LineIdentity(profile, columns);
    this.#trailer = new TrailerCheck(profile, columns);
    this.#payouts = layout.payouts ? new PayoutTieOut(layout.payouts) : null;
    this.#rate = optional(layout.exchangeRate);
    this.#balance = optional(layout.balance);
  }

  /** Cells of a row. */
  get width(): number {
    return this.#columns.width;
  }

  /** Lines of the rows that are whole by now. @param atEnd whether no more will come */
  read(rows: Rows, atEnd: boolean): SettlementBatch {
    const lines: SettlementLine[] = [];
    for (let row = rows.take(atEnd); row; row = rows.take(atEnd)) {
      this.#lastLine = row.line;
      const line = this.#readRow(row);
      if (line) lines.push(line);
    }
    return { lines, exceptions: this.#log.take() };
  }

  /** What is wrong with the file as a whole. */
  finish(): SettlementBatch {
    const { encoding, columns } = this.#table;
    this.#balances.finish(this.#log);
    const trailer = this.#trailer.finish(this.#log, this.#lastLine);
    const payouts = this.#payouts?.finish(this.#log) ?? { checked: 0, differing: 0, withoutPayout: 0 };
    this.#summary = {
      profile: this.#profile.name,
      layout: columns.layout.name,
      encoding,
      lines: this.#lines,
      unreadableLines: this.#unreadable,
      duplicateLines: this.#duplicates,
      totals: this.#totals.totals(),
      trailer,
      payouts,
      exceptions: this.#log.kept,
      exceptionCounts: this.#log.counts,
    };
    return { lines: [], exceptions: this.#log.take() };
  }

  summary(): FileSummary | null {
    return this.#summary;
  }

  #readRow(row: Row): SettlementLine | null {
    if (row.form === 'COMMENT') {
      this.#trailer.takeComment(row.raw, { line: row.line, log: this.#log });
      return null;
    }
    if (row.form === 'FAULT') {
      // The header was read before; a wrong byte in front of it is one of a comment.
      if (row.line > this.#table.headerLine) this.#refuse(row.line, row.fault);
      return null;
    }
    if (row.line <= this.#table.headerLine) return null;
    if (this.#trailer.takeRow(row.cells, { line: row.line, log: this.#log })) return null;
    return this.#readCells(row);
  }

  #readCells(row: CellRow): SettlementLine | null {
    try {
      if (this.#trailer.isTable) throw new LineFault('comes after the totals, with which a file ends');
      this.#requireWidth(row.cells);
      const made = this.#maker.make(row);
      return this.#keep(made, row);
    } catch (error) {
      if (!(error instanceof LineFault)) throw error;
      this.#refuse(row.line, error.message);
      return null;
    }
  }

  #requireWidth(cells: readonly string[]): void {
    const { width } = this.#columns;
    if (cells.length === width) return;
    // A delimiter at the end of a line makes no column.
    if (cells.length > width && cells.slice(width).every((cell) => cell.trim() === '')) return;
    throw new LineFault(`has ${cells.length} cells, the header ${width}`);
  }

  #keep(made: MadeLine, row: CellRow): SettlementLine {
    const { line } = made;
    const balance = this.#balanceAfter(line, row.cells);
    this.#lines++;
    const duplicateOf = this.#originalOf(made, row);
    this.#trailer.add(made, row.cells, duplicateOf !== null);
    // A line that stands here twice moved its money once: it is shown, and counts nowhere.
    if (duplicateOf !== null) return { ...line, duplicateOf };
    this.#totals.add(line);
    this.#payouts?.add(line);
    const fault = feeFaultOf(made, this.#rate?.text(row.cells) ?? '');
    if (fault) this.#log.add(fault);
    if (balance !== null) this.#balances.add(line, balance);
    for (const { currency, added, scale } of made.rounded) this.#totals.addRounding(currency, added, scale);
    return line;
  }

  #balanceAfter(line: MadeLine['line'], cells: readonly string[]): bigint | null {
    const text = this.#balance?.text(cells) ?? '';
    if (text === '') return null;
    const { groupMarks, decimalMarks } = this.#profile;
    const balance = readScaled(ungrouped(text, groupMarks), line.exponent, decimalMarks);
    return typeof balance === 'bigint' ? balance : null;
  }

  #originalOf({ line }: MadeLine, row: CellRow): number | null {
    const name = this.#identity.of(row);
    const original = name === null ? null : this.#seen.lineOf(name, row.line);
    if (original === null) return null;
    this.#duplicates++;
    const { references, currency, grossMinor, exponent } = line;
    this.#log.add({
      class: 'DUPLICATE_LINE',
      line: row.line,
      reference: references.line ?? references.provider,
      reason: `The line repeats line ${original} (${line.providerType} of ${decimalText(grossMinor, exponent)} ${currency}).`,
      currency,
      actualMinor: grossMinor,
    });
    return original;
  }

  #refuse(line: number, fault: string): void {
    this.#unreadable++;
    this.#log.add({ class: 'UNREADABLE_LINE', line, reason: `The line ${fault}.` });
  }
}
