import type { FileException, FileSummary, KindTotal, RunRow } from '../reconciliation/index.ts';
import { globalId } from '../shared/global-id.ts';
import { Money } from '../shared/money.ts';

interface Sums {
  readonly count: number;
  readonly grossMinor: bigint;
  readonly feeMinor: bigint;
  readonly netMinor: bigint;
}

const NOTHING: Sums = { count: 0, grossMinor: 0n, feeMinor: 0n, netMinor: 0n };

/** What matching a file came to. */
export interface MatchedRun {
  readonly run: RunRow;
  /** False when the same file was dealt with before. */
  readonly isNew: boolean;
}

/** The report as one JSON object. Amounts are decimal strings in major units and, with `Minor`, in minor units. */
export function settlementFileJson(summary: FileSummary, provider: string, matched?: MatchedRun): string {
  const { profile, layout, encoding, lines, unreadableLines, duplicateLines, trailer, payouts } = summary;
  return JSON.stringify({
    profile,
    provider,
    layout,
    encoding,
    lines,
    unreadableLines,
    duplicateLines,
    totals: totalsJson(summary),
    trailer,
    payouts,
    exceptions: summary.exceptions.map(exceptionJson),
    exceptionCounts: summary.exceptionCounts,
    exceptionsLeftOut: exceptionsLeftOut(summary),
    ...(matched && { run: runJson(matched) }),
  });
}

/** The counts of exceptions are those of the matching: what is wrong with the file by itself is among them. */
function runJson({ run, isNew }: MatchedRun): Record<string, unknown> {
  const { id, state, failure, firstAt, lastAt, report } = run;
  const { rows = [], exceptionCounts = {} } = report ?? {};
  return {
    id: globalId('ReconciliationRun', id),
    isNew,
    state,
    failure,
    firstAt,
    lastAt,
    matching: rows,
    exceptionCounts,
  };
}

function totalsJson({ totals }: FileSummary): Record<string, unknown> {
  const entries = currenciesOf(totals.kinds).map((currency) => {
    const own = totals.kinds.filter((total) => total.currency === currency);
    const byKind = own.filter(({ kind }) => kind !== 'PAYOUT');
    const payouts = own.find(({ kind }) => kind === 'PAYOUT') ?? NOTHING;
    const rounding = totals.rounding.find((entry) => entry.currency === currency)?.amount ?? '0';
    const kinds = Object.fromEntries(byKind.map((total) => [total.kind, sumsJson(total, currency)]));
    const sums = sumsJson(byKind.reduce(plus, NOTHING), currency);
    return [currency, { ...sums, byKind: kinds, payouts: sumsJson(payouts, currency), rounding }];
  });
  return Object.fromEntries(entries);
}

function sumsJson({ count, grossMinor, feeMinor, netMinor }: Sums, currency: string): Record<string, unknown> {
  const decimal = (minor: bigint) => Money.ofMinor(minor, currency).toDecimal();
  return {
    count,
    gross: decimal(grossMinor),
    fee: decimal(feeMinor),
    net: decimal(netMinor),
    grossMinor: grossMinor.toString(),
    feeMinor: feeMinor.toString(),
    netMinor: netMinor.toString(),
  };
}

function exceptionJson({ expectedMinor, actualMinor, ...exception }: FileException): Record<string, unknown> {
  const { currency } = exception;
  const decimal = (minor: bigint | null) =>
    minor === null || currency === null ? null : Money.ofMinor(minor, currency).toDecimal();
  return {
    class: exception.class,
    line: exception.line,
    reference: exception.reference,
    reason: exception.reason,
    currency,
    expected: decimal(expectedMinor),
    actual: decimal(actualMinor),
    expectedMinor: expectedMinor?.toString() ?? null,
    actualMinor: actualMinor?.toString() ?? null,
  };
}

const SHOWN_EXCEPTIONS = 50;

/** The report for people. */
export function settlementFileText(summary: FileSummary, provider: string, matched?: MatchedRun): string {
  const { profile, layout, encoding, lines, unreadableLines, trailer, payouts } = summary;
  const unreadable = unreadableLines > 0 ? `, ${unreadableLines} more that cannot be read` : '';
  const texts = [
    `${profile} (${layout}, ${encoding}) of ${provider}: ${lines} lines${unreadable}`,
    '',
    ...table(summary),
    '',
    trailer.expected ? `Totals at its end: ${trailer.checked} checked, ${trailer.differing} differ.` : '',
    payouts.checked > 0 ? `Payouts: ${payouts.checked} checked, ${payouts.differing} differ.` : '',
    ...summary.exceptions.slice(0, SHOWN_EXCEPTIONS).map(exceptionText),
    ...leftOutText(summary),
    ...(matched ? runText(matched) : ['A dry run: nothing was kept.']),
  ];
  return texts.filter((text, at) => text !== '' || texts[at - 1] !== '').join('\n');
}

function runText({ run, isNew }: MatchedRun): string[] {
  const rows = (run.report?.rows ?? []).filter(({ movements, other }) => movements.count > 0 || other.count === 0);
  const counts = Object.entries(run.report?.exceptionCounts ?? {}).map(([name, count]) => `${name} ${count}`);
  return [
    '',
    isNew ? 'Matched with our books:' : 'The same file was here before; then it was matched with our books:',
    ...rows.map(
      ({ currency, kind, matched, unmatched, repeated, movementsMissing }) =>
        `${currency} ${kind}: ${matched.count} matched, ${unmatched.count} not, ${repeated.count} repeated; ` +
        `${movementsMissing.count} of ours are missing`,
    ),
    counts.length > 0 ? `Exceptions: ${counts.join(', ')}` : 'No exceptions.',
  ];
}

function table({ totals }: FileSummary): string[] {
  const rows = totals.kinds
    .toSorted((a, b) => compare(a.currency, b.currency) || compare(a.kind, b.kind))
    .map(({ currency, kind, count, ...sums }) => {
      const amounts = [sums.grossMinor, sums.feeMinor, sums.netMinor];
      const decimals = amounts.map((minor) => Money.ofMinor(minor, currency).toDecimal());
      return [currency, kind, String(count), ...decimals];
    });
  const all = [['', '', 'lines', 'gross', 'fee', 'net'], ...rows];
  const widths = all[0]?.map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0))) ?? [];
  return all.map((row) =>
    row.map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
  );
}

function exceptionText({ class: name, line, reference, reason }: FileException): string {
  const place = line === null ? '' : ` line ${line}`;
  return printable(`${name}${place}${reference === null ? '' : ` ${reference}`}: ${reason}`);
}

function leftOutText(summary: FileSummary): string[] {
  const hidden = Math.max(0, summary.exceptions.length - SHOWN_EXCEPTIONS) + exceptionsLeftOut(summary);
  return hidden > 0 ? [`... and ${hidden} more. --json shows up to ${summary.exceptions.length}.`] : [];
}

/** Exceptions beyond those that a summary keeps. */
function exceptionsLeftOut({ exceptions, exceptionCounts }: FileSummary): number {
  return Object.values(exceptionCounts).reduce((sum, count) => sum + count, 0) - exceptions.length;
}

/** What a file says must not steer the terminal on which it is shown. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '?');
}

/** Currencies in the order of the alphabet. */
function currenciesOf(kinds: readonly KindTotal[]): string[] {
  return [...new Set(kinds.map(({ currency }) => currency))].toSorted(compare);
}

function plus(a: Sums, b: Sums): Sums {
  return {
    count: a.count + b.count,
    grossMinor: a.grossMinor + b.grossMinor,
    feeMinor: a.feeMinor + b.feeMinor,
    netMinor: a.netMinor + b.netMinor,
  };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
