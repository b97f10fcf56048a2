import { decimalText, readScaled, SUM_SCALE, ungrouped } from './amount-text.ts';
import { type CellField, cellFieldOf, cleaned } from './cells.ts';
import { type ColumnSet, plainName } from './column-set.ts';
import type { ExceptionLog } from './exception-log.ts';
import type { MadeLine } from './line-maker.ts';
import type { TrailerReport } from './settlement-line.ts';
import type { Expectation, SettlementProfile } from './settlement-profile.ts';

/** One of the sums that a total may have to equal. */
interface Sum {
  readonly expectation: Expectation;
  /** Null for a count. */
  readonly field: CellField | null;
  readonly nonZero: CellField | null;
  /** In units of 10^-SUM_SCALE; a count in ones. */
  value: bigint;
  /** What lines that stand in the file twice add to that: some totals were made before they were repeated. */
  repeated: bigint;
}

/** A total of the trailer with the sums that it may equal. */
interface Total {
  readonly name: string;
  readonly sums: readonly Sum[];
}

/** Holds the totals at the end of a file against its lines. Sums are exact, rounded nowhere. */
export class TrailerCheck {
  readonly #profile: SettlementProfile;
  readonly #trailer: ColumnSet['layout']['trailer'];
  readonly #sums: Sum[] = [];
  readonly #tableTotals = new Map<string, Total>();
  readonly #patterns: { readonly pattern: RegExp; readonly totals: readonly Total[] }[] = [];
  readonly #starts: ReadonlySet<string>;
  /** Names of a table whose values have not come yet. */
  #awaited: readonly string[] | null = null;
  #found = false;
  #checked = 0;
  #differing = 0;

  constructor(profile: SettlementProfile, columns: ColumnSet) {
    this.#profile = profile;
    const trailer = columns.layout.trailer;
    this.#trailer = trailer;
    this.#starts = new Set(trailer?.form === 'TABLE' ? trailer.starts.map((name) => plainName(name)) : []);
    const totalOf = (name: string, expected: readonly Expectation[]): Total => ({
      name,
      sums: expected.map((expectation) => this.#sumFor(expectation, columns)),
    });
    if (trailer?.form === 'TABLE') {
      for (const { names, expected } of trailer.totals) {
        const total = totalOf(names[0] ?? '', expected);
        for (const name of names) this.#tableTotals.set(plainName(name), total);
      }
    }
    if (trailer?.form === 'COMMENTS') {
      for (const { pattern, groups } of trailer.totals) {
        const totals = groups.map(({ name, expected }) => totalOf(name, expected));
        this.#patterns.push({ pattern: new RegExp(pattern, 'u'), totals });
      }
    }
  }

  /** Whether nothing but totals may come any more. */
  get isTable(): boolean {
    return this.#awaited !== null || (this.#found && this.#trailer?.form === 'TABLE');
  }

  add({ line, direction }: MadeLine, cells: readonly string[], isRepeated: boolean): void {
    for (const sum of this.#sums) {
      const { kinds, direction: wanted } = sum.expectation;
      if (kinds && !kinds.includes(line.kind)) continue;
      if (wanted && direction !== (wanted === 'PLUS' ? 1n : -1n)) continue;
      if (sum.nonZero && this.#scaled(sum.nonZero.text(cells)) === 0n) continue;
      sum[isRepeated ? 'repeated' : 'value'] += sum.field ? this.#scaled(sum.field.text(cells)) : 1n;
    }
  }

  /** @returns whether the row is a part of the trailer */
  takeRow(cells: readonly string[], at: { line: number; log: ExceptionLog }): boolean {
    if (this.#awaited) {
      const names = this.#awaited;
      this.#awaited = null;
      this.#found = true;
      names.forEach((name, position) => {
        const total = this.#tableTotals.get(plainName(name));
        const text = this.#cleaned(cells[position] ?? '');
        if (total) this.#hold(total, { text, name, ...at });
      });
      return true;
    }
    if (this.#starts.size === 0 || !this.#starts.has(plainName(this.#cleaned(cells[0] ?? '')))) return false;
    this.#awaited = cells.map((cell) => this.#cleaned(cell));
    return true;
  }

  takeComment(raw: string, at: { line: number; log: ExceptionLog }): void {
    for (const { pattern, totals } of this.#patterns) {
      const match = pattern.exec(raw.normalize('NFKC'));
      if (!match) continue;
      this.#found = true;
      totals.forEach((total, group) => {
        const text = match[group + 1];
        if (text !== undefined) this.#hold(total, { text, name: total.name, ...at });
      });
      return;
    }
  }

  finish(log: ExceptionLog, lastLine: number): TrailerReport {
    const expected = this.#trailer !== undefined;
    if (expected && !this.#found) {
      const reason = 'The file ends without its totals: it may have been cut off.';
      log.add({ class: 'PAYOUT_TOTAL_DIFFERS', line: lastLine, reason });
    }
    return { expected, found: this.#found, checked: this.#checked, differing: this.#differing };
  }

  #hold(
    total: Total,
    { text, name, line, log }: { text: string; name: string; line: number; log: ExceptionLog },
  ): void {
    // What no column of the file adds up to cannot be checked: a bill of payments alone has no column of refunds.
    if (total.sums.every(({ field }) => field !== null && !field.isPresent)) return;
    const said = this.#said(text);
    this.#checked++;
    const isCount = total.sums.every(({ field }) => field === null);
    const isMet =
      said !== null &&
      total.sums.some((sum) => agrees(sum, { said, decimals: decimalsOf(ungrouped(text, this.#profile.groupMarks)) }));
    if (isMet) return;
    this.#differing++;
    const found = total.sums.map(({ value }) => (isCount ? value.toString() : shortest(value)));
    const reason = `The trailer says ${text || 'nothing'} for ${name}; the lines come to ${[...new Set(found)].join(' or ')}.`;
    log.add({ class: 'PAYOUT_TOTAL_DIFFERS', line, reference: name, reason });
  }

  #said(text: string): bigint | null {
    try {
      const { groupMarks, decimalMarks } = this.#profile;
      const amount = readScaled(ungrouped(text, groupMarks), SUM_SCALE, decimalMarks);
      return typeof amount === 'bigint' ? amount : null;
    } catch {
      return null;
    }
  }

  /** A cell that is no amount was refused before, or counts for nothing in the line. */
  #scaled(text: string): bigint {
    return text === '' ? 0n : (this.#said(text) ?? 0n);
  }

  #cleaned(cell: string): string {
    return cleaned(cell, this.#profile.cellPrefix ?? '');
  }

  #sumFor(expectation: Expectation, columns: ColumnSet): Sum {
    const known = this.#sums.find((sum) => JSON.stringify(sum.expectation) === JSON.stringify(expectation));
    if (known) return known;
    const fieldOf = (name: string) => cellFieldOf(columns, name, this.#profile.cellPrefix);
    const field = expectation.of === 'COUNT' ? null : fieldOf(expectation.of.field);
    const nonZero = expectation.nonZero === undefined ? null : fieldOf(expectation.nonZero);
    const sum = { expectation, field, nonZero, value: 0n, repeated: 0n };
    this.#sums.push(sum);
    return sum;
  }
}

const SCALE = 10n ** BigInt(SUM_SCALE);

/** A total with fewer decimals than its column is the sum rounded half up. Its sign is the provider's habit, no more. */
function agrees({ field, value, repeated }: Sum, { said, decimals }: { said: bigint; decimals: number }): boolean {
  const sums = [value, value + repeated];
  if (field === null) return sums.some((sum) => said === sum * SCALE);
  const unit = 10n ** BigInt(SUM_SCALE - Math.max(Math.min(decimals, SUM_SCALE), 2));
  return sums.some((sum) => magnitude(said) === ((magnitude(sum) + unit / 2n) / unit) * unit);
}

function magnitude(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}

function decimalsOf(text: string): number {
  const point = text.search(/[.,]/);
  return point === -1 ? 0 : text.length - point - 1;
}

function shortest(value: bigint): string {
  return decimalText(value, SUM_SCALE).replace(/0{1,6}$/, '');
}
